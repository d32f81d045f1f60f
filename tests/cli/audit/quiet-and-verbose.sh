# --quiet says verdict and reason, --verbose adds the rest of the evidence.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." | sed -e 's/Tokyo/Edo/g' -e 's/Ukraine/the Black Sea/g' >page.html
"$BYLAW" audit --quiet -s "$SEED" --source-url "$ARTICLE" page.html
"$BYLAW" audit -s "$SEED" --source-url "$ARTICLE" page.html | grep -c ' body '
"$BYLAW" audit --verbose -s "$SEED" --source-url "$ARTICLE" page.html | grep -c ' body '
