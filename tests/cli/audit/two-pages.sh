# Two pages in one call: both are told of, and the graver sets the exit code.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." >good.html
page_of "Read more next week." >bad.html
"$BYLAW" audit -q --source "$SEED" --source-url "$ARTICLE" good.html bad.html
echo "exit $?"
"$BYLAW" audit -q --source "$SEED" --source-url "$ARTICLE" bad.html good.html
echo "exit $?"
: >empty.html
"$BYLAW" audit -q --source "$SEED" --source-url "$ARTICLE" empty.html good.html 2>/dev/null
echo "exit $?"
"$BYLAW" audit -q --source "$SEED" --source-url "$ARTICLE" empty.html bad.html 2>/dev/null
