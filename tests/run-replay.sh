#!/bin/sh
# Replays each fuzzer's corpus and reproducers through a plain program.
# usage: run-replay.sh PROGRAM...   (PROGRAM is .../fuzz_<parser>)
here=$(dirname "$0")/fuzz
status=0 passed=0 failed=0
for program in "$@"; do
    name=$(basename "$program") name=${name#fuzz_}
    if "$program" "$here/corpus/$name" "$here/repro/$name"; then
        passed=$((passed + 1))
    else
        echo "FAILED: replay of $name"
        failed=$((failed + 1)) status=1
    fi
done
echo "fuzz replay: $passed passed, $failed failed"
exit $status
