#!/bin/sh
# Captures as two readers that are not ours see them: warcio and FastWARC, put
# into an environment of their own from the Python package index; skipped where
# that cannot be reached. The folder has one of everything: chunks, encodings, a
# cut body, HTTP/2, redirects, both kinds of revisit, no answer at all.
# usage: warc-readers.sh WRITE_CAPTURES OUT
write=$1
out=$2
readers=$out/warc-readers
captures=$out/warc-captures

skip() {
    echo "warc-readers: skipped: $*"
    exit 0
}

install_readers() {
    [ -x "$readers/bin/warcio" ] && [ -d "$readers/fastwarc-is-there" ] && return
    python3 -m venv "$readers" >/dev/null 2>&1 || skip "python3-venv is not installed"
    "$readers/bin/pip" install -q --disable-pip-version-check warcio fastwarc >/dev/null 2>&1 ||
        skip "warcio and fastwarc cannot be installed"
    mkdir "$readers/fastwarc-is-there"
}

fail() {
    echo "warc-readers: $*"
    exit 1
}

install_readers
rm -rf "$captures"
mkdir -p "$captures"
"$write" "$captures" || fail "the captures could not be written"
(cd "$captures" && sha256sum --quiet -c SHA256SUMS) || fail "sha256sum does not agree"

"$readers/bin/warcio" check -v "$captures"/*.warc.gz >"$out/warcio.txt" 2>&1 ||
    { cat "$out/warcio.txt"; fail "warcio finds fault"; }
grep -q 'digest failed\|problem' "$out/warcio.txt" && fail "warcio finds fault"

"$readers/bin/python" - "$captures"/*.warc.gz >"$out/readers.txt" <<'END' || fail "the readers do not agree"
import hashlib, sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

wanted = {"warcinfo": 1, "request": 9, "response": 7, "revisit": 2,
          "metadata": 9, "resource": 1}
seen, bodies = {}, {}
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            kind = str(record.record_type).rsplit(".")[-1]
            seen[kind] = seen.get(kind, 0) + 1
            assert record.verify_block_digest(), record.record_id
    # Payloads, with each reader's own parsing of the HTTP head.
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            digest = hashlib.sha256(record.reader.read()).hexdigest()
            assert record.headers["WARC-Payload-Digest"] == "sha256:" + digest, record.record_id
    with open(path, "rb") as file:
        for record in WarcioIterator(file):
            if record.rec_type == "response":
                bodies[record.rec_headers["WARC-Record-ID"]] = record.content_stream().read()
            if record.rec_type == "revisit":
                assert record.rec_headers["WARC-Refers-To"] in bodies
assert seen == wanted, seen
assert len(bodies) == 7
assert list(bodies.values()).count(b"<p>hello</p>") == 4, bodies
print(seen)
END
echo "warc-readers: warcio and FastWARC read $(grep -c WARC-Record-ID "$out/warcio.txt") records, every digest right"
