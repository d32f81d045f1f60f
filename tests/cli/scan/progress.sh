# On a terminal one line tells how far a scan is: it is no wider than the
# terminal, and gone at the end. Elsewhere, and with -q, there is none.
command -v script >/dev/null || { echo "there is no script(1)" >&2; exit 77; }
: >site.err
"$BYLAW" demo --serve >site.out 2>>site.err &
site=$!
trap 'kill $site' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    grep -q Interrupt site.err && break
    sleep 0.2
done
port=$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' site.err)
[ -n "$port" ] || exit 77
# Four pages of one host, with pauses in between.
host=$(sed -n 's|^[a-z-]*  *\([a-z.-]*\.example\)/.*|\1|p' site.out | head -1)
make_workspace() {
    "$BYLAW" init "$1" -q
    cat >"$1/bylaw.yaml" <<END
contact: editor@example.org
watch: [{page: 'http://$host/1'}, {page: 'http://$host/2'}, {page: 'http://$host/3'}, {page: 'http://$host/4'}]
crawl:
  delay: 400ms
  allow-address: [127.0.0.0/8]
  connect-to: ['$host:80:127.0.0.1:$port']
END
    "$BYLAW" --workspace "$1" source add -q \
        "$ROOT/seeds/global-research-japan-nato/source.yaml" \
        --source-url http://www.globalresearch.example/2023/05/japan/
}
make_workspace wide
make_workspace narrow
make_workspace plain
make_workspace quiet
on_terminal() { # COLUMNS WORKSPACE OPTION
    script -qec "stty cols $1; '$BYLAW' --workspace $2 scan $3 >$2.txt" /dev/null </dev/null
}
on_terminal 200 wide >wide.out || [ $? -eq 3 ] || exit 77
esc=$(printf '\033')
echo "wide:"
tr '\r' '\n' <wide.out | sed -n "s/^$esc\[K//; s/[0-9][0-9.]*/N/g; /visited/p" | sort | uniq -c |
    sed 's/^ *[0-9]* //; s/N \(s\|min\) left/N left/' | sort -u
echo "ends with a line that is cleared: $(tail -c 4 wide.out | od -An -tx1)"
on_terminal 50 narrow >narrow.out
echo "narrow, as wide as: $(tr '\r' '\n' <narrow.out | sed "s/^$esc\[K//" | awk '{ if (length($0) > most) most = length($0) } END { print most }')"
on_terminal 200 quiet -q >quiet.out
echo "quiet: $(wc -c <quiet.out)"
"$BYLAW" --workspace plain scan >plain.txt 2>plain.err
echo "plain: $(wc -c <plain.err)"
