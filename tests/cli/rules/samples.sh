"$BYLAW" rules test -v global-research cc-by-4.0 cc-by-nd-3.0
"$BYLAW" rules test --json global-research
"$BYLAW" rules test -q cc-by-nc-1.0
