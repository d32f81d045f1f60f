#!/bin/sh
# Makes the worked example anew: what the demo site's watch reports, as of a
# fixed day, so that the same program makes the same files.
# usage: example.sh PROGRAM FOLDER
BYLAW=$(realpath "$1") || exit 1
ROOT=$(dirname "$(dirname "$(dirname "$(realpath "$0")")")")
folder=$(realpath "$2") || exit 1
export BYLAW ROOT SOURCE_DATE_EPOCH=1700000000 LC_ALL=C
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
(
    cd "$work" || exit 1
    # shellcheck disable=SC1091
    . "$ROOT/audit/demo/workspace.sh" >scan.log 2>&1
    SOURCE_DATE_EPOCH=1700010000
    for form in html md csv sarif; do
        "$BYLAW" report --format "$form" -o "$folder/report.$form" || exit 1
    done
    "$BYLAW" notice 2 -q --by editor -o "$folder/request.txt"
)
