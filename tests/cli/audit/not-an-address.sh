# A typing error in an address given by hand would change the verdict.
"$BYLAW" audit -s x --url harbour.example page.html
echo "exit $?"
"$BYLAW" audit -s x --source-url ftp://a.example/ page.html
