"$BYLAW" audit -q --source "$ROOT/seeds/global-research-japan-nato/source.yaml" 'http://globalresearch.ca@127.0.0.1:9/'
