# --opt=value, -svalue, letters together; one value is not given twice.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." >page.html
"$BYLAW" audit -q --source="$SEED" --source-url="$ARTICLE" page.html
"$BYLAW" audit -q "-s$SEED" "--source-url=$ARTICLE" page.html
"$BYLAW" -qv audit -s "$SEED" --source-url "$ARTICLE" page.html
"$BYLAW" audit -qs "$SEED" --source-url http://wrong.example/ --source-url "$ARTICLE" page.html
"$BYLAW" audit --source-url "$ARTICLE" page.html -q -s "$SEED"
"$BYLAW" audit --quiet=yes page.html
echo "exit $?"
"$BYLAW" audit -qz page.html
echo "exit $?"
"$BYLAW" audit page.html -s
