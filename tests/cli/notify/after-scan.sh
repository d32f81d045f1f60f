# A scan tells what it changed: nothing after the first findings, the confirmed
# ones after the second scan. A receiver that is away is told the next time.
PLACES=3 SCANS=0 SETTINGS="alerts:
  allow-address: [127.0.0.0/8]
  webhook: {url: 'http://127.0.0.1:1/hook'}
  atom: alerts.atom
"
. "$ROOT/audit/demo/workspace.sh"
"$BYLAW" scan -q >/dev/null
echo "exit $?"
export SOURCE_DATE_EPOCH=1700007200
"$BYLAW" scan -q >/dev/null
echo "exit $?"
"$BYLAW" notify
echo "exit $?"
grep -c '<entry>' ws/alerts.atom
grep '<title>\|<updated>' ws/alerts.atom
