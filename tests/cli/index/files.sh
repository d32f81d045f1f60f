# Articles become a file that bulk matching maps: the same bytes for the same
# articles in the same order, whatever memory there is, at once or by and by;
# matches are those of the articles themselves; any bit that flips is found.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
for n in 1 2 3 4 5; do
    python3 -c "import hashlib; print('Article $n.', ' '.join(hashlib.sha256(b'$n-%d' % i).hexdigest()[:6] for i in range(400)))" >other-$n.txt
done
seed="$ROOT/seeds/global-research-japan-nato/source.yaml"
"$BYLAW" index build -o all.bix other-1.txt "$seed" other-2.txt other-3.txt
"$BYLAW" index info all.bix
"$BYLAW" index check all.bix
printf '%s\n' other-1.txt "$seed" other-2.txt other-3.txt >list
"$BYLAW" index build -o listed.bix --memory-mb 1 --paths list -q && cmp all.bix listed.bix && echo "the same: from a list, in less memory"
"$BYLAW" index build -o begun.bix other-1.txt "$seed" -q
"$BYLAW" index build -o grown.bix --add-to begun.bix other-2.txt other-3.txt
cmp all.bix grown.bix && echo "the same: by and by"
"$BYLAW" index build -o more.bix --add-to all.bix other-4.txt -q
"$BYLAW" index build -o less.bix --add-to more.bix --remove other-4
cmp all.bix less.bix && echo "the same: put in and taken out"

echo "--- matches"
python3 "$ROOT/tests/cli/match/make_warc.py" a.warc.gz 60
"$BYLAW" match --index all.bix a.warc.gz >by-index
"$BYLAW" match --source other-1.txt --source "$seed" --source other-2.txt --source other-3.txt a.warc.gz | cmp - by-index && echo "the same: by the articles"
tail -1 by-index | grep -o '"matches":[0-9]*'

echo "--- every byte"
python3 - <<'PY'
import os, subprocess
good = open("begun.bix", "rb").read()
missed = []
for at in list(range(0, 512)) + list(range(512, len(good), 61)):
    bad = bytearray(good)
    bad[at] ^= 1 << at % 8
    open("bad.bix", "wb").write(bad)
    if subprocess.call([os.environ["BYLAW"], "index", "check", "bad.bix", "-q"], stderr=subprocess.DEVNULL) != 4:
        missed.append(at)
print("missed:", missed)
open("bad.bix", "wb").write(good[:-4096])
PY
"$BYLAW" index check bad.bix
echo "exit $?"
python3 -c 'd = bytearray(open("begun.bix", "rb").read()); d[-5000] ^= 4; open("bad.bix", "wb").write(d)'
"$BYLAW" index check bad.bix
echo "exit $?"

echo "--- mistakes"
"$BYLAW" index build other-1.txt; echo "exit $?"
"$BYLAW" index build -o x.bix; echo "exit $?"
"$BYLAW" index build -o x.bix other-1.txt other-1.txt; echo "exit $?"
"$BYLAW" index build -o x.bix nowhere.txt; echo "exit $?"
"$BYLAW" index build -o x.bix --add-to all.bix --remove nobody; echo "exit $?"
"$BYLAW" index build -o missing/x.bix other-1.txt; echo "exit $?"
"$BYLAW" index info article.txt; echo "exit $?"
"$BYLAW" index info; echo "exit $?"
"$BYLAW" match --index all.bix --source other-1.txt a.warc.gz; echo "exit $?"
ls -A
