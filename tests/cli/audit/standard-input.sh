# The page comes on standard input.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: Global Research. $RIGHTS." | "$BYLAW" audit -s "$SEED" --source-url "$ARTICLE" -u "$PAGE" -
