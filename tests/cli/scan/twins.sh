# A page under several addresses of its host is one case to people: listed with
# all of them, decided for all of them; a program sees every row.
. "$ROOT/tests/cli/page-of.sh"
command -v python3 >/dev/null || { echo "there is no python3" >&2; exit 77; }
mkdir site
page_of "Found on the net." >site/story.html
cp site/story.html site/story-printed.html
cp site/story.html site/s.html
: >server.log
(cd site && exec python3 -u -m http.server --bind 127.0.0.1 0) >server.log 2>&1 &
server=$!
trap 'kill $server' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    grep -q port server.log && break
    sleep 0.2
done
port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' server.log)
[ -n "$port" ] || { echo "no server comes up" >&2; exit 77; }
"$BYLAW" init ws -q
cat >ws/bylaw.yaml <<END
contact: editor@example.org
watch: [{page: 'http://blog.example/story.html'}, {page: 'http://blog.example/s.html'}, {page: 'http://www.blog.example/story-printed.html'}]
crawl:
  delay: 0s
  concurrency: 1
  allow-address: [127.0.0.0/8]
  connect-to: ['blog.example:80:127.0.0.1:$port', 'www.blog.example:80:127.0.0.1:$port']
END
export BYLAW_WORKSPACE=ws
"$BYLAW" source add -q "$SEED"
"$BYLAW" scan >first.out
SOURCE_DATE_EPOCH=1700001200 "$BYLAW" scan
echo "exit $?"
"$BYLAW" case list
"$BYLAW" case show 1 | sed -n '/^  the same/p; /^ *also/p; /^history/q'
"$BYLAW" case set 2 ignored --reason "an archive" --by jo
"$BYLAW" case list --state ignored
"$BYLAW" case list --json | sed 's/.*\("id":[0-9]*,"state":"[a-z]*"\).*\("twin_of":[^}]*\).*/\1 \2/'
