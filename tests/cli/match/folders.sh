# Each archive has a file of its own, put in place whole; what is there of the
# same articles is not done again; shares of a list are done by as many runs.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
make() { python3 "$ROOT/tests/cli/match/make_warc.py" "$@"; }
match() { "$BYLAW" match --source "$ROOT/seeds/global-research-japan-nato/source.yaml" "$@"; }
total() { grep -o '"inputs":[0-9]*,"skipped":[0-9]*,"failed":[0-9]*\|"outcome":"[a-z]*"' | tr '\n' ' '; }
mkdir in out all
for n in 1 2 3; do make in/$n.warc.gz $((20 * n)); done
echo "no archive" >in/4.warc.gz
printf '%s\n' in/1.warc.gz in/2.warc.gz in/3.warc.gz in/4.warc.gz in/5.warc.gz >list
for share in 1/2 2/2; do
    match --paths list --shard $share --out-dir out >said 2>complaints
    echo "exit $? $(total <said)"
    cat complaints
done
ls out | sed 's/-[0-9a-f]*\.nd/-.nd/'
match --paths list --out-dir all --threads 3 2>/dev/null | total
echo
for file in out/*; do cmp "$file" "all/${file#out/}"; done
echo "--- again, with the archive that was missing"
make in/5.warc.gz 8
match --paths list --out-dir out >said 2>&1
echo "exit $? $(total <said)"
echo "--- other articles"
printf 'An article of some other words, enough of them to make shingles of: seven, eight, nine, ten and eleven.\n' >other.txt
"$BYLAW" match --source other.txt --paths list --out-dir out 2>/dev/null | total
echo
echo "--- packed"
mkdir packed
match --paths list --out-dir packed --gzip 2>/dev/null | total
for file in packed/in_[1-4]*; do zcat "$file" | cmp - "all/$(basename "$file" .gz)"; done
match --paths list --out-dir packed --gzip 2>/dev/null | total
echo
echo "--- mistakes"
match --shard 3/2 x.warc.gz; echo "exit $?"
match --gzip x.warc.gz; echo "exit $?"
match; echo "exit $?"
match nowhere.warc.gz | total; echo

match --out-dir missing-folder in/1.warc.gz >/dev/null; echo "exit $?"
