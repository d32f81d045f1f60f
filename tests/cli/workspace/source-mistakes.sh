# Each mistake is told, and the rest of the call still done.
"$BYLAW" init -q
seed=$ROOT/seeds/global-research-japan-nato/source.yaml
"$BYLAW" source add nowhere.html "$seed"
"$BYLAW" source add "$seed"
"$BYLAW" source add --rule no-such-rule "$seed"
"$BYLAW" source add --kind book "$seed"
"$BYLAW" source add --kind feed feed.xml
"$BYLAW" source add -
"$BYLAW" source remove no-such-source
"$BYLAW" source show
"$BYLAW" source
"$BYLAW" source burn
