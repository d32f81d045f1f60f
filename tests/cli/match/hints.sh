# What a page tells in another language or in other words is told as a hint for
# a person, to which no verdict holds; only on demand, and no copy is lost.
cat >harbour.txt <<'T'
# Lindesund closes its northern pier

The harbour authority of Lindesund closed its northern pier on 14 May 2024 after divers found cracks in 117 of the concrete pillars. Engineers from Aarhus University will examine the damage during the coming week. Until their report is ready, ferries to Vestholm and Grimsey depart from the fish market instead. Mayor Karin Holt told Radio Nord that she had set aside 75,000 crowns. The fishermen, whose boats lie there, complain that nobody asked them before the decision was announced.
T
cat >german.txt <<'T'
Lindesund sperrt die nördliche Pier

Die Hafenbehörde von Lindesund hat am 14. Mai 2024 die nördliche Pier gesperrt, nachdem Taucher in 117 Betonpfeilern Risse gefunden hatten. Ingenieure der Universität Aarhus untersuchen in der kommenden Woche den Schaden. Bis ihr Bericht vorliegt, legen die Fähren nach Vestholm und Grimsey am Fischmarkt ab. Bürgermeisterin Karin Holt sagte Radio Nord, sie habe 75.000 Kronen zurückgelegt. Die Fischer klagen, dass niemand sie gefragt habe.
T
cat >retold.txt <<'T'
Pier shut

On 14 May 2024 Lindesund's harbour authority shut the northern pier because cracks were discovered by divers in 117 concrete pillars. The damage is to be examined by Aarhus University engineers over the coming week. Ferries going to Vestholm and Grimsey meanwhile leave from the fish market, until the report of the engineers is there. She had set aside 75,000 crowns, mayor Karin Holt said to Radio Nord. Fishermen with boats at the market complained: before announcing its decision, nobody had asked them.
T
cat >unlike.txt <<'T'
Vierzig Mannschaften erwartet der Segelclub zur Regatta, die am Samstag vor dem alten Hafen beginnt. Die Zuschauer können das erste Rennen von der Promenade aus verfolgen, wo ab Mittag die Stadtkapelle spielt. Die Sieger erhalten ihre Preise am Abend.
T
sed 's/^# //' harbour.txt >copy.txt
python3 - german.txt retold.txt unlike.txt copy.txt <<'PY'
import gzip, sys
with open("pages.warc.gz", "wb") as out:
    for name in sys.argv[1:]:
        body = open(name, "rb").read()
        head = ("WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n"
                "WARC-Target-URI: http://pages.example/%s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n")
        out.write(gzip.compress((head % (name, name, len(body))).encode() + body + b"\r\n\r\n"))
PY
show() {
    echo "--- $*"
    "$BYLAW" match --source harbour.txt "$@" pages.warc.gz >lines
    echo "exit $?"
    python3 - "$ROOT/audit/schema/match-1.schema.json" <<'PY'
import json, sys
import jsonschema
check = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
for line in map(json.loads, open("lines")):
    check.validate(line)
    if "match" in line:
        match = line["match"]
        kin = match.get("kinship", {})
        print(line["page"]["url"], match["class"], "rewritten" if match.get("rewritten_words", 0) > 40 else "-",
              "names and numbers" if kin.get("names_and_numbers", 0) >= 8 else "-", len(match["spans"]))
    else:
        print(line["outcome"], line["matches"])
PY
}
show
show --hints likely
show --hints possible
show --hints any
"$BYLAW" match --source harbour.txt --hints probable pages.warc.gz
echo "exit $?"
echo "--- an index gives the same"
"$BYLAW" index build -q -o harbour.bix harbour.txt
"$BYLAW" match --source harbour.txt --hints likely pages.warc.gz >one
"$BYLAW" match --index harbour.bix --hints likely pages.warc.gz | cmp - one && echo "as without"
"$BYLAW" match --source harbour.txt --hints likely --threads 3 --part-kb 1 pages.warc.gz | cmp - one && echo "three threads: the same"
echo "--- audits"
for page in german.txt retold.txt unlike.txt; do
    "$BYLAW" audit --source harbour.txt --rule global-research "$page"
    echo "exit $?"
done
