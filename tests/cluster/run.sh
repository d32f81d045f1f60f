#!/bin/sh
# The Spark job on two workers of this machine: the same files as a shell loop
# makes, whatever is ended by force on the way. Skipped, with the reason, where
# Spark or Java cannot be had.
# usage: run.sh PROGRAM OUT
BYLAW=$(realpath "$1")
mkdir -p "$2" || exit 1
out=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
ROOT=$(realpath "$here/../..")
passed=0 failed=0
skip() {
    echo "skipped: the Spark job: $*"
    exit 0
}
command -v java >/dev/null || "$ROOT/tests/install-packages.sh" default-jre-headless >"$out/packages.log" 2>&1 ||
    skip "Java cannot be installed"
if ! [ -x "$out/venv/bin/spark-submit" ]; then
    python3 -m venv "$out/venv" >"$out/venv.log" 2>&1 || "$ROOT/tests/install-packages.sh" python3-venv >>"$out/packages.log" 2>&1
    [ -x "$out/venv/bin/pip" ] || python3 -m venv "$out/venv" >"$out/venv.log" 2>&1 || skip "no virtual environment can be made"
    "$out/venv/bin/pip" install -q "pyspark<4.1" >"$out/pip.log" 2>&1 || skip "PySpark cannot be installed"
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
ok() { passed=$((passed + 1)) && echo "ok: $*"; }
bad() { failed=$((failed + 1)) && echo "FAILED: $*"; }
holds() { if eval "$2"; then ok "$1"; else bad "$1"; fi; }

# Archives, one of which is none, one damaged; one that is missing.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
mkdir in
for n in 1 2 3 4 5 6 7 8 9; do python3 "$ROOT/tests/cli/match/make_warc.py" in/$n.warc.gz $((20 + 7 * n)); done
echo "no archive" >in/none.warc.gz
python3 - <<'PY'
data = bytearray(open("in/5.warc.gz", "rb").read())
for at in range(3000, len(data), 20011):
    data[at] ^= 255
open("in/damaged.warc.gz", "wb").write(data)
PY
ls -d "$PWD"/in/* >paths
"$BYLAW" index build -o press.bix "$ROOT/seeds/global-research-japan-nato/source.yaml" -q || exit 1
"$BYLAW" index build -o other.bix article.txt -q || exit 1
mkdir loop
while read -r path; do "$BYLAW" match --index press.bix --out-dir loop "$path" >/dev/null 2>&1; done <paths

export PYSPARK_PYTHON="$out/venv/bin/python3" PYSPARK_DRIVER_PYTHON="$out/venv/bin/python3" SPARK_LOCAL_IP=127.0.0.1
# A slower program, so that there is a while to be ended in.
cat >slow <<SH
#!/bin/sh
[ "\$1" = match ] && sleep 1.2
exec "$BYLAW" "\$@"
SH
chmod +x slow
spark() { # workers program out more...
    workers=$1 program=$2 folder=$3
    shift 3
    "$out/venv/bin/spark-submit" --master "local-cluster[$workers,1,1024]" --conf spark.ui.enabled=false \
        --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 \
        "$ROOT/audit/cluster/bylaw_spark.py" --paths paths --index "${INDEX:-press.bix}" --out-dir "$folder" \
        --program "$program" "$@" 2>"$folder.log"
}
same() { # folder
    for file in loop/*; do cmp -s "$file" "$1/${file#loop/}" || return 1; done
    [ "$(ls "$1" | grep -c ndjson)" -eq $(($(ls loop | wc -l) + 1)) ] # and the status
}

INDEX=$PWD/press.bix
spark 2 "$BYLAW" plain >plain.said
code=$?
holds "two workers make the files that a shell loop makes" "same plain && [ $code -eq 3 ]"
holds "archives that are damaged or none are listed" "grep -c '\"outcome\": \"damaged\"' plain/status.ndjson | grep -qx 2"
spark 2 "$BYLAW" plain >again.said
holds "what is there is not done again" "[ \$(grep -c '\"skipped\": 1' plain/status.ndjson) -eq \$(wc -l <paths) ]"
spark 2 "$BYLAW" shipped --ship-index >/dev/null
holds "the index may be shipped" "same shipped"

# An executor, then a program, ended by force in the middle.
spark 2 "$PWD/slow" killed >killed.said &
job=$!
for _ in $(seq 100); do [ "$(ls killed 2>/dev/null | wc -l)" -ge 2 ] && break; sleep 0.2; done
executor=$(pgrep -f "CoarseGrainedExecutorBackend.*app-" -u "$(id -u)" | head -1)
[ -n "$executor" ] && kill -9 "$executor"
tool=
for _ in $(seq 100); do
    tool=$(pgrep -f "match --index $INDEX --out-dir $PWD/killed" -u "$(id -u)" | head -1)
    [ -n "$tool" ] && kill -9 "$tool" 2>/dev/null && break
    sleep 0.1
done
wait $job
code=$?
echo "ended by force: executor ${executor:-none}, program ${tool:-none}; exit code $code; $(grep -c '"tries": 2' killed/status.ndjson 2>/dev/null) tried again"
holds "an executor and a program ended by force lose nothing" "[ -n \"$executor\" ] && [ -n \"$tool\" ] && same killed && [ $code -eq 3 ]"

# The driver: its children end too, and the next run goes on.
spark 2 "$PWD/slow" driver >driver.said &
job=$!
for _ in $(seq 100); do [ "$(ls driver 2>/dev/null | wc -l)" -ge 2 ] && break; sleep 0.2; done
kill -9 $(pgrep -f "bylaw_spark.py.*--out-dir driver" -u "$(id -u)") 2>/dev/null
wait $job 2>/dev/null
done_before=$(ls driver | grep -c ndjson)
for _ in $(seq 50); do pgrep -f "out-dir $PWD/driver" -u "$(id -u)" >/dev/null || break; sleep 0.2; done
holds "a driver ended by force leaves no program behind" "! pgrep -f 'out-dir $PWD/driver' -u $(id -u) >/dev/null"
spark 2 "$BYLAW" driver >driver.said
holds "the next run goes on where it was ($done_before of $(wc -l <paths) were there)" "[ $done_before -lt $(wc -l <paths) ] && same driver"

# One worker has another index under the same name.
cat >mixed <<SH
#!/bin/sh
case \$PWD in
*/1) set -- \$(printf '%s ' "\$@" | sed "s|$INDEX|$PWD/other.bix|") ;;
esac
[ "\$1" = match ] && sleep 0.5
exec "$BYLAW" "\$@"
SH
chmod +x mixed
began=$(date +%s)
spark 2 "$PWD/mixed" mixed.out >/dev/null
code=$?
spent=$(($(date +%s) - began))
holds "a wrong index on one worker ends the job within a minute ($spent s)" "[ $code -ne 0 ] && [ $code -ne 3 ] && [ $spent -lt 60 ] && grep -q 'the driver' mixed.out.log"

# How much two workers are faster than one, on work for the processor: enough
# of it that starting the workers does not decide.
python3 "$ROOT/tests/cli/match/make_warc.py" in/part.warc.gz 700
for n in 1 2 3 4 5 6 7 8; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do cat in/part.warc.gz; done >in/long-$n.warc.gz
done
ls -d "$PWD"/in/long-* >paths
one=$(spark 1 "$BYLAW" one -- --no-screen | sed 's/.*"seconds": \([0-9.]*\).*/\1/')
two=$(spark 2 "$BYLAW" two -- --no-screen | sed 's/.*"seconds": \([0-9.]*\).*/\1/')
python3 -c "print('{\"bench\":\"cluster\",\"one_worker_s\":%s,\"two_workers_s\":%s,\"times\":%.2f}' % ($one, $two, $one / $two))" || bad "no time was told"
echo "cluster: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
