#!/bin/sh
# Prints a page of the manual with its "@...@" lines replaced by what the
# program says of itself. usage: fill.sh PROGRAM PAGE
set -e
facts=$(mktemp)
trap 'rm -f "$facts"' EXIT
case $2 in
*.1) "$1" help --format mdoc >"$facts" ;;
*.7) "$1" help --format mdoc-terms >"$facts" ;;
esac
sed -e '/^\.\\" @[a-z]*@$/{' -e "r $facts" -e 'd' -e '}' "$2"
