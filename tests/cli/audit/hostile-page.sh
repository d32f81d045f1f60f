# What a page says cannot steer the terminal or forge a verdict.
. "$ROOT/tests/cli/page-of.sh"
esc=$(printf '\033')
page_of "Source: <a href=\"#${esc}[2J\">Global Research${esc}]0;COMPLIANT</a>&#x202e; $RIGHTS." >page.html
"$BYLAW" audit -v -s "$SEED" --source-url "$ARTICLE" page.html >out
echo "exit $?"
LC_ALL=C grep -c "$esc" out
grep -c '^COMPLIANT' out
