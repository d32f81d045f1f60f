# Where there is nothing, or something is left out, that is said.
"$BYLAW" init -q
"$BYLAW" source list
"$BYLAW" source list --json
"$BYLAW" source list -q
for words in "case set" "case show" "case note" notice rules case config source; do
    # shellcheck disable=SC2086 # several words
    "$BYLAW" $words
    echo "exit $?"
done
"$BYLAW" rules list | cut -d' ' -f1 | awk 'length > 24' | head -3
"$BYLAW" rules list | awk '{ print index($0, " 20") }' | sort -u | wc -l
