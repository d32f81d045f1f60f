# Two formats at once are a mistake; a missing page is too.
"$BYLAW" extract --json --text page.html
echo "exit $?"
"$BYLAW" extract nowhere.html
echo "exit $?"
"$BYLAW" extract
