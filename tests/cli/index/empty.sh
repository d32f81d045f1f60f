# An article that nothing could be found by is told and left out of an index,
# as is one that cannot be read; no index is made without an article: what was
# there before stays as it is.
: >empty.txt
echo "Four words are few." >few.txt
echo "Five words are just enough." >five.txt
echo "Another article of some more words than those." >other.txt
try() {
    echo "--- $*"
    "$BYLAW" "$@"
    echo "exit $?"
} 2>&1
: >list
try index build -o five.bix five.txt
cp five.bix kept.bix
try index build -o five.bix empty.txt
try index build -o five.bix few.txt
try index build -o mixed.bix other.txt few.txt nowhere.txt five.txt other.txt
try index build -o five.bix --paths list
try index build -o five.bix --add-to five.bix --remove five
cmp five.bix kept.bix && echo "it stays as it is"
try index build -o other.bix --add-to five.bix --remove five other.txt
ls -A
"$BYLAW" explain index.empty
