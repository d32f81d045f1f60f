# The source is the article's text alone; the rule is the one it shows.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." >page.html
"$BYLAW" audit -s "$TEXT" --source-url "$ARTICLE" page.html | sed -n '/copy:/,/version/p'
page_of "Read more next week." >page.html
"$BYLAW" audit -q -s "$TEXT" --source-url "$ARTICLE" page.html
