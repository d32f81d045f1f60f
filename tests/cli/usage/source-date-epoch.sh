# A malformed SOURCE_DATE_EPOCH would date the evidence wrongly.
for value in abc -1 12x 1e9 253402300800 99999999999999999999; do
    SOURCE_DATE_EPOCH=$value "$BYLAW" rules list >/dev/null
    echo "exit $?"
done
SOURCE_DATE_EPOCH=253402300799 "$BYLAW" rules list >/dev/null
