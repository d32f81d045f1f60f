#!/bin/sh
# Builds the Debian package in a copy of the project, as packages want their
# folder debian/ at the top. usage: build.sh FOLDER, which gets the results.
set -e
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=$(sed -n 's/^#define BYLAW_VERSION "\(.*\)"/\1/p' "$root/include/bylaw/bylaw.h")
tree=$out/bylaw-$version
rm -rf "$tree"
mkdir "$tree"
cd "$root"
cp -R Makefile README.md LICENSE seeds src include rules tests audit "$tree/"
cp -R audit/debian "$tree/debian"
rm "$tree/debian/build.sh"
cd "$tree"
dpkg-buildpackage --build=binary --no-sign --no-check-builddeps
ls "$out"/*.deb
