# An article is read once when it is added, listed, shown, removed.
"$BYLAW" init -q
seed=$ROOT/seeds/global-research-japan-nato
"$BYLAW" source add "$seed/source.yaml"
"$BYLAW" source add --source-url https://x.org/article "$seed/article.md" --rule cc-by-4.0
"$BYLAW" source add --kind feed https://magazine.example/feed/
"$BYLAW" source list
"$BYLAW" source show magazine-example-feed global-research-japan-nato
"$BYLAW" source remove global-research-japan-nato
"$BYLAW" source list --json
