#!/bin/sh
# Installs the named Debian packages that are missing; says what to do where
# it cannot. Silent and offline when nothing is missing.
# usage: install-packages.sh PACKAGE...
missing=
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This system has no dpkg. Install what these Debian packages hold, then run make again:" >&2
    echo "  $*" >&2
    # The tools may be there under other names: let the build find out.
    command -v "${PKGCONF:-pkg-config}" >/dev/null 2>&1 && exit 0
    exit 1
fi
for package in "$@"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null |
        grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
echo "Installing:$missing" >&2
sudo=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Neither root nor sudo is at hand. As root, run:" >&2
        echo "  apt-get install$missing" >&2
        exit 1
    fi
    sudo=sudo
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the list is meant to be split
if ! $sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1; then
    # The package lists may be missing or old: fetch them, then say it all.
    $sudo apt-get update >/dev/null || echo "apt-get update failed" >&2
    $sudo apt-get install -y --no-install-recommends $missing || {
        echo "Could not install:$missing" >&2
        exit 1
    }
fi
