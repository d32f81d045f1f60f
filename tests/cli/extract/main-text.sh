# The main text alone, by heuristics or around the source's copied text.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." >page.html
"$BYLAW" extract --text page.html | cut -c1-40 | head -5
"$BYLAW" extract --text --source "$SEED" page.html | cut -c1-40 | tail -3
