# Feeds and sitemaps are told by how they begin, whatever they are called.
"$BYLAW" init -q
port_file=port
cat >serve.py <<'END'
import http.server, sys
BODIES = {
    "/a": ("application/rss+xml", b'<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0"><channel><title>A</title></channel></rss>'),
    "/b": ("text/html", b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title></feed>'),
    "/c": ("application/xml", b'<?xml version="1.0"?><urlset><url><loc>http://x.example/</loc></url></urlset>'),
    "/d": ("application/json", b'{"version": "https://jsonfeed.org/version/1.1", "title": "D"}'),
}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = BODIES.get(self.path, ("text/html", b"<p>An article about feeds.</p>"))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], file=open("port.new", "w"))
import os
os.rename("port.new", "port")
server.serve_forever()
END
python3 serve.py &
server=$!
trap 'kill $server' EXIT
while [ ! -e $port_file ]; do sleep 0.05; done
port=$(cat $port_file)
for path in a b c d e; do
    "$BYLAW" source add --allow-address 127.0.0.0/8 "http://127.0.0.1:$port/$path" |
        sed "s/127-0-0-1-$port/HOST/"
done
