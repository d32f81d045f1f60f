head -c 9000000 /dev/zero | tr '\0' 'a' >big.html
"$BYLAW" audit --source "$ROOT/seeds/global-research-japan-nato/source.yaml" big.html
