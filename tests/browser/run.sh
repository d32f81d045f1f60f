#!/bin/sh
# Installs Chromium and two packages for tests, makes reports, and reads them
# in the browser. Skipped, with the reason, where they cannot be had.
# usage: run.sh PROGRAM MAKE_REPORT OUT
BYLAW=$(realpath "$1") maker=$(realpath "$2")
mkdir -p "$3/shots" || exit 1
out=$(realpath "$3")
here=$(dirname "$(realpath "$0")")
ROOT=$(realpath "$here/../..")
export BYLAW ROOT SOURCE_DATE_EPOCH=1700000000 LC_ALL=C
skip() {
    echo "skipped: the report in a browser: $*"
    exit 0
}
packages=
command -v chromium >/dev/null || packages=chromium
command -v node >/dev/null || packages="$packages nodejs"
command -v npm >/dev/null || packages="$packages npm"
# shellcheck disable=SC2086 # the list is meant to be split
"$ROOT/tests/install-packages.sh" $packages >"$out/packages.log" 2>&1 ||
    skip "Chromium or Node.js cannot be installed"
[ -d "$out/node_modules/axe-core" ] && [ -d "$out/node_modules/playwright-core" ] ||
    (cd "$out" && npm install --no-audit --no-fund --no-save playwright-core@1 axe-core@4 >npm.log 2>&1) ||
    skip "playwright-core and axe-core cannot be installed"
work=$(mktemp -d) || exit 1
(
    cd "$work" || exit 1
    # shellcheck disable=SC1091
    . "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
    export SOURCE_DATE_EPOCH=1700010000
    "$BYLAW" case set 1 allowed -q --reason "agreed by mail" --until 2023-12-31 --by jo
    "$BYLAW" case note 2 -q --reason "wrote to their editor" --by jo
    "$BYLAW" report -o "$out/demo.html"
) || exit 1
# Two review pages, over the same workspace.
serve() {
    "$BYLAW" serve --workspace "$work/ws" --by jo -q "$@" >"$out/address" &
    servers="$servers $!"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s "$out/address" ] && break
        sleep 0.2
    done
    cat "$out/address"
}
export SOURCE_DATE_EPOCH=1700020000
servers=
trap 'kill $servers; rm -rf "$work"' EXIT
: >"$out/address"
serve >"$out/reviewed"
: >"$out/address"
serve --read-only >"$out/read-only"
"$maker" hostile >"$out/hostile.html" 2>/dev/null && "$maker" large 6250 >"$out/findings.html" 2>/dev/null && "$maker" large 50000 >"$out/large.html" || exit 1
cd "$out" && NODE_PATH="$out/node_modules" node "$here/check_report.js" "$out/demo.html" "$out/hostile.html" "$out/findings.html" "$out/large.html" "$out/shots" \
    "$(cat "$out/reviewed")" "$(cat "$out/read-only")"
