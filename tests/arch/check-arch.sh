#!/bin/sh
# The floor law, enforced from the Makefile's table (lines of standard input:
# "room|deps|libs"). Checks that
#   1. each room includes only the rooms it declares, so no stage a stage;
#   2. each room's archive links alone against its declared rooms and libraries;
#   3. the shared library exports exactly the prototypes of include/bylaw;
#   4. every header compiles alone;
#   5. every door header opens with a room card, every diagnostic has its row;
#   6. files and functions keep their sizes, banned calls stay out.
# usage: check-arch.sh OUT < table
out=$1
cc=${CC:-cc}
found=$out/arch.txt
: >"$found"
table=$(cat)

breach() {
    echo "arch: $*" >>"$found"
}

field() { # room number
    echo "$table" | awk -F'|' -v room="$1" -v n="$2" '$1 == room { print $n }'
}

check_includes() { # room deps
    for file in src/"$1"/*.[ch]; do
        sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u |
            while read -r used; do
                case " $1 $2 " in
                *" $used "*) ;;
                *) breach "$file includes room '$used', which '$1' does not declare" ;;
                esac
            done
    done
}

check_link() { # room deps
    archives= packages=$(field "$1" 3)
    for dep in $2; do
        archives="$archives $out/rooms/lib$dep.a"
        packages="$packages $(field "$dep" 3)"
    done
    # shellcheck disable=SC2086 # lists are meant to be split
    set -- "$1" $packages
    room=$1
    shift
    flags=
    [ $# -gt 0 ] && flags=$(pkg-config --libs "$@")
    # shellcheck disable=SC2086
    $cc -shared -Wl,--no-undefined -o "$out/arch-link.so" \
        -Wl,--whole-archive "$out/rooms/lib$room.a" -Wl,--no-whole-archive \
        -Wl,--start-group $archives -Wl,--end-group $flags -lm -lpthread \
        2>"$out/arch-link.txt" && return
    breach "room '$room' needs more than it declares:"
    grep -i undefined "$out/arch-link.txt" | sed 's/^/    /' | head -5 >>"$found"
}

check_exports() {
    # Some linkers export where the segments end.
    nm -D --defined-only "$out/libbylaw.so" | awk '$3 !~ /^(__bss_start|_edata|_end)$/ { print $3 }' | sort >"$out/arch-exported.txt"
    cat include/bylaw/*.h | tr '\n' ' ' | grep -o 'BYLAW_API[^;(]*([^;]*;' |
        grep -oE 'bylaw_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u >"$out/arch-promised.txt"
    diff "$out/arch-promised.txt" "$out/arch-exported.txt" >"$out/arch-symbols.txt" && return
    breach "exported symbols differ from the prototypes (< promised, > exported):"
    sed 's/^/    /' "$out/arch-symbols.txt" >>"$found"
}

check_headers() {
    flags=$(pkg-config --cflags icu-uc libcurl jansson gumbo libfyaml)
    for header in include/bylaw/*.h src/*/*.h; do
        # shellcheck disable=SC2086
        $cc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -Iinclude -Isrc $flags \
            -fsyntax-only -x c "$header" || breach "$header does not compile alone"
    done
}

check_card() { # room
    for part in "Room card: $1 " "Purpose " "Takes " "Gives " "May include " Invariants; do
        head -40 "src/$1/$1.h" | grep -q "$part" ||
            breach "src/$1/$1.h lacks '$part' in its room card"
    done
}

check_diagnostics() {
    # An id follows its error code, the cli in a usage message, or the entry
    # that a fault is in.
    cat src/*/*.c | tr -s '\n ' ' ' | grep -oE '(BYLAW_E[A-Z]+|cli|(tell|fault)\([^"]*), "[a-z0-9]+\.[a-z0-9-]+"' |
        grep -oE '"[^"]+"' | tr -d '"' | sort -u >"$out/arch-ids.txt"
    for rows in src/base/diagnostic*.c; do
        grep -oE '^    \{"[a-z0-9.-]+"' "$rows" | tr -d ' {"' >"$out/arch-table.txt"
        LC_ALL=C sort -c "$out/arch-table.txt" 2>/dev/null || breach "the rows of $rows are not in order of id"
        cat "$out/arch-table.txt"
    done >"$out/arch-rows.txt"
    while read -r id; do
        grep -qx "$id" "$out/arch-rows.txt" || breach "diagnostic '$id' has no row in src/base/diagnostic*.c"
    done <"$out/arch-ids.txt"
}

check_sizes() {
    find src include tests -name '*.[ch]' | while read -r file; do
        [ "$(wc -l <"$file")" -le 800 ] || breach "$file has more than 800 lines"
        [ "$(head -1 "$file")" = '/* SPDX-License-Identifier: Apache-2.0 */' ] ||
            breach "$file does not open with its licence line"
        awk -v file="$file" '
            /^\{/ { body = NR }
            /^}/ { if (body && NR - body > 80)
                       print "arch: " file ":" body ": function over 80 lines"
                   body = 0 }' "$file" >>"$found"
    done
    find src -name '*.c' -printf '%f\n' | sort | uniq -d |
        while read -r name; do breach "two files are called $name"; done
}

check_calls() {
    grep -rnE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|atoi|system|popen) ?\(' src --include='*.[ch]' |
        sed 's/^/arch: banned call: /' >>"$found"
    grep -rnE '(^|[^_a-z"])(printf|puts|putchar|exit|abort|getenv|time|gettimeofday) ?\(' src --include='*.c' |
        grep -v '^src/cli/' | grep -v '^[^:]*:[0-9]*: *\*' |
        sed 's/^/arch: library code prints, exits or reads its surroundings: /' >>"$found"
}

for room in $(echo "$table" | cut -d'|' -f1); do
    deps=$(field "$room" 2)
    check_includes "$room" "$deps"
    check_card "$room"
    [ "$room" = cli ] || check_link "$room" "$deps"
done
check_exports
check_headers
check_diagnostics
check_sizes
check_calls
if [ -s "$found" ]; then
    cat "$found"
    exit 1
fi
echo "arch: $(echo "$table" | wc -l) rooms keep the floor law"
