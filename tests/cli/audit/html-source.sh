# The source is a page: its own address comes from --source-url.
. "$ROOT/tests/cli/page-of.sh"
page_of "$RIGHTS" >source.html
page_of "Source: $LINK. $RIGHTS." >page.html
"$BYLAW" audit -q --rule global-research -s source.html --source-url "$ARTICLE" page.html
echo "exit $?"
page_of "$RIGHTS." >page.html
"$BYLAW" audit -q --rule global-research -s source.html --source-url "$ARTICLE" page.html
