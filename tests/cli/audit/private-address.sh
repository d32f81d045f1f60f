# Loopback is refused unless its range is allowed.
"$BYLAW" audit --source "$ROOT/seeds/global-research-japan-nato/source.yaml" http://127.0.0.1:9/page
