#!/bin/sh
# The manual says what the program does, and the completions are ones that the
# shells take. usage: documents.sh PROGRAM FOLDER
program=$(realpath "$1") folder=$(realpath "$2") failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    failed=1
}

# Every page is sound mdoc.
if command -v mandoc >/dev/null 2>&1; then
    mandoc -T lint -W warning "$folder"/bylaw.1 "$folder"/bylaw-rules.7 "$folder"/bylaw.yaml.5 ||
        fail "mandoc finds fault with the manual"
else
    echo "skipped: the manual's form (there is no mandoc)"
fi

# The page on the configuration names every setting, and no other.
"$program" init -q "$work/ws" >/dev/null || fail "init"
"$program" config show --workspace "$work/ws" | cut -d' ' -f1 | sort >"$work/settings"
[ -s "$work/settings" ] || fail "config show lists no setting"
sed -n 's/^\.It Cm //p' "$folder/bylaw.yaml.5" | sed 's/\\-/-/g; s/ , /\n/g' | sort >"$work/described"
diff "$work/settings" "$work/described" || fail "bylaw.yaml(5) and \`config show\` differ"

# The pages name every command and every term.
"$program" help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' >"$work/commands"
[ -s "$work/commands" ] || fail "help lists no command"
while read -r command; do
    grep -q "^\\.Ss $command\$" "$folder/bylaw.1" || fail "bylaw(1) lacks $command"
done <"$work/commands"
grep -q '^\.It Cm link.original' "$folder/bylaw-rules.7" || fail "bylaw-rules(7) lacks link.original"
grep -q '@[a-z]*@$' "$folder"/bylaw.1 "$folder"/bylaw-rules.7 && fail "a page was not filled in"

# What bash offers: usage complete-as COMMAND WORD...; the last word is begun.
cat >"$work/offer" <<'END'
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_bylaw
printf '%s\n' "${COMPREPLY[@]}"
END
offers() {
    wanted=$1
    shift
    bash "$work/offer" "$folder/completion.bash" "$@" | grep -qx -e "$wanted" ||
        fail "bash offers no \"$wanted\" after: $*"
}
offers_not() {
    wanted=$1
    shift
    bash "$work/offer" "$folder/completion.bash" "$@" | grep -qx -e "$wanted" &&
        fail "bash offers \"$wanted\" after: $*"
}
if command -v bash >/dev/null 2>&1; then
    offers audit bylaw au
    offers export bylaw case e
    offers --max-age bylaw status --
    offers_not --max-age bylaw scan --
    offers sarif bylaw report --format s
    offers sarif bylaw report --format = s
    offers csv bylaw report --format =
    offers eml bylaw notice --format e
    offers feed bylaw source add --kind f
    offers verify bylaw help ver
    touch "$work/page.html"
    offers "$work/page.html" bylaw audit "$work/pa"
fi
for shell in zsh fish; do
    if command -v $shell >/dev/null 2>&1; then
        $shell -n "$folder/completion.$shell" || fail "$shell does not read its completions"
    else
        echo "skipped: completions of $shell (it is not installed)"
    fi
done

# Each word that is offered for a value is one the program knows.
known() {
    "$program" "$@" --workspace "$work/ws" >/dev/null 2>"$work/said"
    grep -qE 'usage\.(format|kind|case-state|language)' "$work/said" && fail "not taken: $*"
}
words() {
    sed -n "s/^ *$1:--$2) .*compgen -W '\([^']*\)'.*/\1/p" "$folder/completion.bash"
}
[ -n "$(words report format)" ] || fail "no words of report --format"
for word in $(words report format); do known report --format "$word"; done
for word in $(words help format); do known help --format "$word"; done
for word in $(words report state); do known report --state "$word"; done
for word in $(words case state); do known case list --state "$word"; done
for word in $(words notice kind); do known notice 1 --kind "$word"; done
for word in $(words notice format); do known notice 1 --format "$word"; done
for word in $(words notice lang); do known notice 1 --lang "$word"; done
for word in $(words source kind); do known source add none --kind "$word"; done

[ $failed -eq 0 ] && echo "documents: the manual and the completions agree with the program"
exit $failed
