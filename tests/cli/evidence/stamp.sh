# A scan has its checkpoint stamped by the authority that is configured, here
# openssl's behind a small server; verify checks the stamp, and so does openssl.
openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Root -days 30 2>/dev/null || exit 77
openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=Stamps 2>/dev/null
printf 'extendedKeyUsage=critical,timeStamping\n' >ext.cnf
openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile ext.cnf -out tsa.pem 2>/dev/null
cat >tsa.cnf <<'END'
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
END
echo 01 >serial
cat >serve.py <<'END'
import http.server, subprocess
class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        open("query", "wb").write(self.rfile.read(int(self.headers["Content-Length"])))
        subprocess.run(["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query",
                        "-inkey", "tsa.key", "-signer", "tsa.pem", "-out", "answer"], check=True, stderr=subprocess.DEVNULL)
        answer = open("answer", "rb").read()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *ignored):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
print(server.server_port, flush=True)
server.serve_forever()
END
python3 serve.py >port &
authority=$!
trap 'kill $authority' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -s port ] && break
    sleep 0.2
done
"$BYLAW" init ws -q
cat >ws/bylaw.yaml <<END
contact: desk@x.org
evidence:
  tsa: http://127.0.0.1:$(cat port)/
  tsa-ca: ../root.pem
  allow-address: [127.0.0.0/8]
END
export BYLAW_WORKSPACE=ws SOURCE_DATE_EPOCH=
"$BYLAW" source add -q "$ROOT/seeds/global-research-japan-nato/source.yaml"
"$BYLAW" scan
"$BYLAW" verify --json | grep -o '"holds":[a-z]*\|"time_stamps":[0-9]*\|"good_time_stamps":[0-9]*'
python3 - <<'PY'
import sqlite3
db = sqlite3.connect("ws/ledger.db")
size, answer = db.execute("SELECT size, answer FROM stamps").fetchone()
note, = db.execute("SELECT note FROM checkpoints WHERE size = ?", (size,)).fetchone()
open("stamp.tsr", "wb").write(answer)
open("checkpoint.txt", "w").write(note)
PY
openssl ts -verify -in stamp.tsr -data checkpoint.txt -CAfile root.pem 2>/dev/null
# Somebody else's certificate.
openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out root.pem -subj /CN=Other -days 30 2>/dev/null
"$BYLAW" verify -q
echo "exit $?"
