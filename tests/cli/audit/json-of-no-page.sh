# A page that cannot be had is an error object on standard error.
"$BYLAW" audit --json --source "$ROOT/seeds/global-research-japan-nato/source.yaml" nowhere.html
