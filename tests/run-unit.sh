#!/bin/sh
# Runs cmocka programs one after the other and adds up what they report.
# usage: run-unit.sh PROGRAM...
passed=0 failed=0 skipped=0 status=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
for program in "$@"; do
    "$program" >"$log" 2>&1
    rc=$?
    p=$(grep -c '^\[       OK \]' "$log")
    f=$(grep '^\[  FAILED  \] [^ ]*$' "$log" | sort -u | grep -c .)
    s=$(grep -c '^\[  SKIPPED \]' "$log")
    if [ $rc -ne 0 ] || [ "$p" -eq 0 ] && [ "$s" -eq 0 ]; then
        cat "$log"
        echo "FAILED: $program (exit $rc)"
        [ "$f" -gt 0 ] || f=1
        status=1
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "unit: $passed passed, $failed failed, $skipped skipped"
exit $status
