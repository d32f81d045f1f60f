#!/bin/sh
# Runs every case tests/cli/<area>/<case>.sh and compares what the program said
# with <case>.expect: standard output, standard error and exit code in one
# text. Paths and ports are replaced by names first.
#   run.sh PROGRAM            compare
#   run.sh --update PROGRAM   write what is said now; review it with git diff
# FAULTS names the fault server (tests/net); without it its cases are skipped.
update=
[ "$1" = --update ] && update=1 && shift
BYLAW=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
ROOT=$(realpath "$here/../..")
FAULTS=${FAULTS:+$(realpath "$FAULTS")}
export BYLAW FAULTS ROOT SOURCE_DATE_EPOCH=1700000000 NO_COLOR=1 LC_ALL=C
unset BYLAW_DATA BYLAW_WORKSPACE
passed=0 failed=0 skipped=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

name_places() {
    sed -E -e "s|$work/dir|TMP|g" -e "s|$BYLAW|bylaw|g" -e "s|$ROOT|ROOT|g" \
        -e 's/\b[0-9a-f]{64}\b/SHA256/g' -e 's/\b[0-9a-f]{16}\b/VERSION/g' \
        -e 's#[A-Za-z0-9+/]{91}=#SIGNATURE#g' -e 's#[A-Za-z0-9+/]{43}=#DIGEST#g' \
        -e 's/127\.0\.0\.1:[0-9]{4,5}/127.0.0.1:PORT/g' -e 's/localhost:[0-9]{4,5}/localhost:PORT/g'
}

for case in "$here"/*/*.sh; do
    name=${case#"$here"/} name=${name%.sh}
    expect=${case%.sh}.expect
    rm -rf "$work/dir"
    mkdir "$work/dir"
    (cd "$work/dir" && sh "$case") >"$work/stdout" 2>"$work/stderr"
    code=$?
    if [ $code -eq 77 ]; then
        echo "skipped: $name: $(tail -1 "$work/stderr")"
        skipped=$((skipped + 1))
        continue
    fi
    {
        name_places <"$work/stdout"
        echo "--- stderr"
        name_places <"$work/stderr"
        echo "--- exit $code"
    } >"$work/said"
    if [ -n "$update" ]; then
        cp "$work/said" "$expect"
        passed=$((passed + 1))
    elif diff -u "$expect" "$work/said" >"$work/diff" 2>&1; then
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        sed 's/^/    /' "$work/diff"
        failed=$((failed + 1))
    fi
done
echo "cli: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
