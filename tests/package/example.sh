#!/bin/sh
# The worked example is what the program makes today. The packed details are
# left out: how small they get depends on the library that packs them.
# usage: example.sh PROGRAM
ROOT=$(dirname "$(dirname "$(dirname "$(realpath "$0")")")")
made=$(mktemp -d) || exit 1
trap 'rm -rf "$made"' EXIT
"$ROOT/audit/demo/example.sh" "$1" "$made"
case $? in
0) ;;
77) echo "skipped: the example: the demo site cannot be served" && exit 0 ;;
*) echo "FAILED: the example cannot be made" && exit 1 ;;
esac
failed=0 compared=0
for file in report.html report.md report.csv report.sarif request.txt; do
    for side in "$made" "$ROOT/audit/example"; do
        sed '/ id="details-/d' "$side/$file" >"$made/$(basename "$(dirname "$side/x")").bare"
    done
    compared=$((compared + 1))
    cmp "$made/$(basename "$made").bare" "$made/example.bare" && continue
    echo "FAILED: audit/example/$file is not what the program makes; run \"make example\" and look at the difference"
    failed=$((failed + 1))
done
echo "example: $((compared - failed)) passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
