# What cannot be written is a failure, however good the page is.
. "$ROOT/tests/cli/page-of.sh"
[ -c /dev/full ] || { echo "there is no /dev/full" >&2; exit 77; }
page_of "Source: $LINK. $RIGHTS." >page.html
"$BYLAW" audit -s "$SEED" --source-url "$ARTICLE" page.html >/dev/full
