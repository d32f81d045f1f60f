"$BYLAW" audit -q --allow-address 127.0.0.0/8 --source "$ROOT/seeds/global-research-japan-nato/source.yaml" http://127.0.0.1:1/page
