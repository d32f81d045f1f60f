# A page that cannot be opened is named; the others are still judged.
"$BYLAW" audit --source "$ROOT/seeds/global-research-japan-nato/source.yaml" no-such-page.html
