#!/bin/sh
# The Debian package builds, lintian has nothing to say, and the program in it
# runs. Skipped where Debian's tools cannot be had.
set -e
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! "$root/tests/install-packages.sh" debhelper dpkg-dev fakeroot lintian mandoc >/dev/null 2>&1; then
    echo "skipped: the Debian package (its tools cannot be installed here)"
    exit 0
fi
rm -rf "$root/build/deb"
mkdir -p "$root/build"
make -s -C "$root" deb >"$root/build/deb.log" 2>&1 || {
    tail -20 "$root/build/deb.log" >&2
    exit 1
}
cd "$root/build/deb"
as_root=
[ "$(id -u)" -ne 0 ] || as_root=--allow-root
# shellcheck disable=SC2086 # an option or none
lintian --profile debian $as_root --fail-on error,warning ./*.changes
rm -rf tree
dpkg-deb -x bylaw_*.deb tree
(cd / && "$root/build/deb/tree/usr/bin/bylaw" rules test global-research >/dev/null)
test -s tree/usr/share/man/man1/bylaw.1.gz
echo "deb: lintian finds nothing, and the program in the package works"
