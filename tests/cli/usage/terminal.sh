# A page of HTML is not poured onto a terminal; into a pipe or file it goes.
command -v script >/dev/null || exit 77
"$BYLAW" init -q
script -qec "\"$BYLAW\" report" /dev/null | tr -d '\r' | sed 's/\x1b\[[0-9;]*m//g'
script -qec "\"$BYLAW\" report --format md" /dev/null | tr -d '\r' | head -1
"$BYLAW" report | head -c 15
