# The page is plain text: an address there is no hyperlink.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: Global Research, $ARTICLE . $RIGHTS." |
    sed -e 's/<p>/\n/g' -e 's/<[^>]*>//g' -e 's/&amp;/\&/g' >page.txt
"$BYLAW" audit -q -s "$SEED" --source-url "$ARTICLE" page.txt
