# The demo site as a workspace: found once, found again, decided, told.
PLACES=6 SCANS=0
. "$ROOT/audit/demo/workspace.sh"
"$BYLAW" scan
echo "exit $?"
export SOURCE_DATE_EPOCH=1700007200
"$BYLAW" scan
echo "exit $?"
"$BYLAW" case set 1 allowed --reason "agreed by mail" --until 2023-12-31 --by jo
# How small a capture is packed is not the same everywhere.
"$BYLAW" case show 1 | sed -E 's/byte [0-9]+, [0-9]+ bytes/byte N, M bytes/'
(cd ws/captures && sha256sum --quiet -c SHA256SUMS)
"$BYLAW" case list --state new --json | head -1
"$BYLAW" status >out
code=$?
grep -v '^locked by .*limits' out
echo "exit $code"
"$BYLAW" scan --json
