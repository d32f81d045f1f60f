#!/bin/sh
# The demo as a publisher has it: a workspace, two scans, a report to open and
# a first draft to send.
# usage: watch.sh PROGRAM FOLDER
BYLAW=$(realpath "$1") || exit 1
ROOT=$(dirname "$(dirname "$(dirname "$(realpath "$0")")")")
folder=$2
export BYLAW ROOT
rm -rf "$folder"
mkdir -p "$folder" && cd "$folder" || exit 1
(
    # The second scan is two hours after the first, which is now.
    SOURCE_DATE_EPOCH=$(($(date +%s) - 7200))
    export SOURCE_DATE_EPOCH
    # shellcheck disable=SC1091
    . "$ROOT/audit/demo/workspace.sh" >scan.log 2>&1
    unset SOURCE_DATE_EPOCH
    "$BYLAW" report -o report.html || exit 1
    worst=$("$BYLAW" case list --state new --json | sed -n '/"verdict":"not-met"/s/.*"id":\([0-9]*\),.*/\1/p' | head -1)
    [ -z "$worst" ] || "$BYLAW" notice "$worst" -q -o request.txt
) || exit 1
cat <<TXT

The same site, watched as a publisher would, is now in $folder:
  $folder/report.html   every case with its evidence; open it in a browser
  $folder/request.txt   a first draft to send, with the HTML to paste
  build/bylaw serve --workspace $folder/ws       to decide the cases in a browser
  build/bylaw case list --workspace $folder/ws
  build/bylaw verify --workspace $folder/ws
TXT
