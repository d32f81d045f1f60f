# What holds nothing is not taken for what was looked through: an archive
# without a record, articles without words, no article at all. A later run that
# finds such an archive done says so again.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
match() { "$BYLAW" match --source "$ROOT/seeds/global-research-japan-nato/source.yaml" "$@"; }
total() { grep -o '"inputs":[0-9]*,"skipped":[0-9]*,"failed":[0-9]*\|"outcome":"[a-z]*"\|"why":"[^"]*"' | tr '\n' ' '; echo; }
try() {
    echo "--- $*"
    "$@" >said 2>complaints
    echo "exit $?"
    total <said
    sed "s/byte [1-9][0-9]*/byte N/" complaints
}
: >none.warc
gzip -n <none.warc >none.warc.gz
for _ in $(seq 200); do cat none.warc.gz; done >members.warc.gz
seq 9000 | gzip -n >numbers.warc.gz
mkdir folder out
python3 "$ROOT/tests/cli/match/make_warc.py" good.warc.gz 9
for archive in none.warc none.warc.gz members.warc.gz numbers.warc.gz folder; do try match "$archive"; done
try match - <none.warc
echo "--- in parts"
for archive in members.warc.gz numbers.warc.gz; do
    match "$archive" >one 2>&1
    match --threads 2 --part-kb 1 "$archive" 2>&1 | cmp - one && echo "the same: $archive"
done
try match --out-dir out good.warc.gz none.warc
total <"$(ls out/none*)"
try match --out-dir out good.warc.gz none.warc
try match --out-dir out good.warc.gz
echo "--- damaged, and done"
python3 -c 'd = bytearray(open("good.warc.gz", "rb").read()); d[3000] ^= 255; open("bad.warc.gz", "wb").write(d)'
try match --out-dir out --gzip bad.warc.gz
try match --out-dir out --gzip bad.warc.gz
echo "--- nothing to look for"
echo "Four words are few." >few.txt
try "$BYLAW" match good.warc.gz
try "$BYLAW" match --source few.txt good.warc.gz
"$BYLAW" explain archive.empty
