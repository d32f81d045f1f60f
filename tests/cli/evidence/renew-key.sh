# Another key: signed for by the old one, or said to come without that.
"$BYLAW" init -q
cp ledger.key first.key
"$BYLAW" init --renew-key
"$BYLAW" source add -q "$ROOT/seeds/global-research-japan-nato/source.yaml"
"$BYLAW" verify -q && echo "all holds"
# The old key signs nothing any more.
mv ledger.key second.key && cp first.key ledger.key
"$BYLAW" source refresh -q
echo "exit $?"
# Both are lost.
rm ledger.key
"$BYLAW" source refresh -q
echo "exit $?"
"$BYLAW" init --renew-key
"$BYLAW" source refresh -q
"$BYLAW" verify -q
echo "exit $?"
