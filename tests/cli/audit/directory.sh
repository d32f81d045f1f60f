"$BYLAW" audit --source "$ROOT/seeds/global-research-japan-nato/source.yaml" .
