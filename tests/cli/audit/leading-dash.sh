# Behind -- a word that begins with a dash is a page.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." >-page.html
"$BYLAW" audit -q -s "$SEED" --source-url "$ARTICLE" -- -page.html
echo "exit $?"
"$BYLAW" audit -q -s "$SEED" -page.html
