# A page from a file, published at --url, that honours everything asked for.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: $LINK. $RIGHTS." >page.html
"$BYLAW" audit --source "$SEED" --source-url "$ARTICLE" --url "$PAGE" page.html
