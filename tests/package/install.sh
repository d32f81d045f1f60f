#!/bin/sh
# `make install` gives a tree that works by itself, wherever it is put.
# usage: install.sh BUILD-FOLDER
set -e
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
variant=$(basename "$1")
MAKEFLAGS= make -s -C "$root" VARIANT="$variant" DESTDIR="$work/tree" PREFIX=/usr install >/dev/null

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
for file in bin/bylaw lib/libbylaw.a lib/libbylaw.so.0 include/bylaw/bylaw.h \
    share/man/man1/bylaw.1 share/man/man5/bylaw.yaml.5 share/man/man7/bylaw-rules.7 \
    share/bash-completion/completions/bylaw share/zsh/site-functions/_bylaw \
    share/fish/vendor_completions.d/bylaw.fish share/bylaw/rules/global-research.yaml; do
    [ -s "$work/tree/usr/$file" ] || fail "install leaves out $file"
done

# Moved, and with the project out of reach of its relative paths.
mv "$work/tree" "$work/moved"
bylaw=$work/moved/usr/bin/bylaw
mkdir "$work/elsewhere"
cd "$work/elsewhere"
unset BYLAW_DATA BYLAW_WORKSPACE
"$bylaw" rules list >rules.txt && grep -q global-research rules.txt || fail "an installed program finds no rules"
"$bylaw" init -q ws || fail "an installed program makes no workspace"
"$bylaw" config check --workspace ws >/dev/null 2>said || grep -q contact said ||
    fail "the installed template of bylaw.yaml is not taken"
"$bylaw" demo --json >demo.json 2>/dev/null || [ $? -eq 1 ] || [ $? -eq 3 ] || fail "the installed demo ends badly"
grep -q '"verdict": *"not-met"' demo.json || fail "the installed demo judges nothing"

# The headers are enough to build against, and the library to run with.
if [ "$variant" = release ]; then
    cat >embed.c <<'END'
#include <bylaw/bylaw.h>
#include <stdio.h>
int main(void)
{
    return puts(BYLAW_VERSION) < 0;
}
END
    ${CC:-cc} -I "$work/moved/usr/include" -o embed embed.c && ./embed >/dev/null ||
        fail "the installed headers do not compile by themselves"
fi
echo "install: a moved tree works by itself"
