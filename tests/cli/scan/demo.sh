# The demo site as a workspace: found once, found again, decided, told.
: >site.err
"$BYLAW" demo --serve >site.out 2>>site.err &
site=$!
trap 'kill $site' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    grep -q Interrupt site.err && break
    sleep 0.2
done
port=$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' site.err)
[ -n "$port" ] || exit 77
sed -n 's/^[a-z-]*  *\([a-z.-]*\.example\/[^ ]*\)$/\1/p' site.out | head -6 >places
"$BYLAW" init ws -q
{
    echo "contact: editor@example.org"
    echo "watch: [{list: list.txt}]"
    echo "crawl:"
    echo "  delay: 0s"
    echo "  concurrency: 1"
    echo "  allow-address: [127.0.0.0/8]"
    echo "  connect-to:"
    sed "s|/.*||; s|.*|    - '&:80:127.0.0.1:$port'|" places
} >ws/bylaw.yaml
sed 's|^|http://|' places >ws/list.txt
export BYLAW_WORKSPACE=ws
"$BYLAW" source add -q "$ROOT/seeds/global-research-japan-nato/source.yaml" \
    --source-url http://www.globalresearch.example/2023/05/japan-to-open-nato-liaison-office/
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
