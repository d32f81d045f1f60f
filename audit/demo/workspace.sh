# Makes the workspace ws, here, of the demo site, scanned twice so that cases
# are confirmed. Read in by others: BYLAW is the program, ROOT the folder that
# holds seeds/, SOURCE_DATE_EPOCH the first scan's time. May be told before:
# PLACES, how many of the site's pages are watched (all); SCANS, how often it
# is scanned (2); SETTINGS, more lines of bylaw.yaml. Exits 77 where the site
# cannot be served.
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
sed -n 's/^[a-z-]*  *\([a-z.-]*\.example\/[^ ]*\)$/\1/p' site.out | head -n "${PLACES:-999}" >places
"$BYLAW" init ws -q
{
    echo "contact: editor@example.org"
    echo "watch: [{list: list.txt}]"
    echo "crawl:"
    echo "  delay: 0s"
    echo "  concurrency: 1"
    echo "  allow-address: [127.0.0.0/8]"
    echo "  connect-to:"
    sed "s|/.*||; s|.*|    - '&:80:127.0.0.1:$port'|" places | sort -u
    printf '%s' "${SETTINGS:-}"
} >ws/bylaw.yaml
sed 's|^|http://|' places >ws/list.txt
export BYLAW_WORKSPACE=ws
"$BYLAW" source add -q "$ROOT/seeds/global-research-japan-nato/source.yaml" \
    --source-url http://www.globalresearch.example/2023/05/japan-to-open-nato-liaison-office/
[ "${SCANS:-2}" -lt 1 ] || "$BYLAW" scan -q
[ "${SCANS:-2}" -lt 2 ] || SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 7200)) "$BYLAW" scan -q
