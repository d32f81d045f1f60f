# Numbers are whole, from 1 to 65535.
for value in 0 abc 1.5 -1 65536 99999999999999999999 '' ' 5'; do
    "$BYLAW" audit -q --timeout "$value" -s x page.html
    echo "exit $?"
done
"$BYLAW" audit -q --timeout 65535 -s nowhere.md page.html
