# A scan that looks for translations finds one on a watched site and leaves it
# to a person; one that does not passes it over. Judged again it is the same.
cat >harbour.txt <<'T'
# Lindesund closes its northern pier

The harbour authority of Lindesund closed its northern pier on 14 May 2024 after divers found cracks in 117 of the concrete pillars. Engineers from Aarhus University will examine the damage during the coming week. Until their report is ready, ferries to Vestholm and Grimsey depart from the fish market instead. Mayor Karin Holt told Radio Nord that she had set aside 75,000 crowns. The fishermen, whose boats lie there, complain that nobody asked them before the decision was announced.
T
mkdir site
cat >site/index.html <<'T'
<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Lindesund sperrt die nördliche Pier</title></head><body>
<main><article><h1>Lindesund sperrt die nördliche Pier</h1>
<p>Die Hafenbehörde von Lindesund hat am 14. Mai 2024 die nördliche Pier gesperrt, nachdem Taucher in 117 Betonpfeilern Risse gefunden hatten. Ingenieure der Universität Aarhus untersuchen in der kommenden Woche den Schaden.</p>
<p>Bis ihr Bericht vorliegt, legen die Fähren nach Vestholm und Grimsey am Fischmarkt ab. Bürgermeisterin Karin Holt sagte Radio Nord, sie habe 75.000 Kronen zurückgelegt. Die Fischer klagen, dass niemand sie gefragt habe.</p>
<p><a href="regatta.html">Vierzig Mannschaften erwartet</a></p></article></main></body></html>
T
cat >site/regatta.html <<'T'
<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Regatta</title></head><body><main><article><h1>Vierzig Mannschaften erwartet</h1>
<p>Vierzig Mannschaften erwartet der Segelclub zur Regatta, die am Samstag vor dem alten Hafen beginnt. Die Zuschauer können das erste Rennen von der Promenade aus verfolgen, wo ab Mittag die Stadtkapelle spielt. Die Sieger erhalten ihre Preise am Abend.</p></article></main></body></html>
T
python3 - >port 2>/dev/null <<'PY' &
import functools, http.server, sys
serve = functools.partial(http.server.SimpleHTTPRequestHandler, directory="site")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
print(server.server_port, flush=True)
server.serve_forever()
PY
site=$!
trap 'kill $site' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -s port ] && break
    sleep 0.2
done
port=$(cat port)
[ -n "$port" ] || exit 77
look() {
    "$BYLAW" init "$1" -q
    cat >"$1/bylaw.yaml" <<END
contact: editor@example.org
$2
watch:
  - site: http://hafenblatt.example/
crawl:
  delay: 0s
  allow-address: [127.0.0.0/8]
  connect-to: ['hafenblatt.example:80:127.0.0.1:$port']
END
    export BYLAW_WORKSPACE="$1"
    "$BYLAW" source add -q harbour.txt --rule cc-by-4.0
    echo "--- $2"
    "$BYLAW" scan
    echo "exit $?"
    "$BYLAW" report --format csv | cut -d, -f3,5,7,8 | sort -u
}
look without ""
look with "hints: likely"
"$BYLAW" scan
echo "exit $?"
"$BYLAW" rejudge
echo "exit $?"
echo "--- a word that it does not know"
sed 's/^hints:.*/hints: all/' with/bylaw.yaml >wrong.yaml
cp wrong.yaml with/bylaw.yaml
"$BYLAW" config check
echo "exit $?"
