#!/bin/sh
# Checks this folder without Bylaw. Needs sha256sum, openssl, awk, sed, od.
# Exit code: 0 all holds, 1 something does not.
cd "$(dirname "$0")" || exit 1
failed=0

say() { # ok or FAIL, what
    printf '%-5s %s\n' "$1" "$2"
    [ "$1" = FAIL ] && failed=1
    return 0
}

check() { # what, command...
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then say ok "$what"; else say FAIL "$what"; fi
}

bytes() { # hexadecimal digits
    printf '%b' "$(printf '%s\n' "$1" | awk '{
        for (i = 1; i < length($0); i += 2)
            printf "\\0%03o", 16 * (index("0123456789abcdef", substr($0, i, 1)) - 1) + \
                index("0123456789abcdef", substr($0, i + 1, 1)) - 1 }')"
}

node() { # left, right: SHA-256(0x01 || left || right)
    bytes "01$1$2" | sha256sum | cut -c 1-64
}

# Whether an entry is in the tree whose root was signed (RFC 9162, 2.1.3.2).
is_in_tree() { # name
    read -r at of <"proofs/$1.proof"
    [ "$of" = "$size" ] && [ "$(sed -n 2p "entries/$1.entry")" = "$at" ] || return 1
    last=$((of - 1))
    hash=$({ printf '\000' && cat "entries/$1.entry"; } | sha256sum | cut -c 1-64)
    for step in $(sed 1d "proofs/$1.proof"); do
        [ "$last" -gt 0 ] || return 1
        if [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
            hash=$(node "$step" "$hash")
            while [ $((at % 2)) -eq 0 ] && [ "$at" -gt 0 ]; do
                at=$((at / 2)) last=$((last / 2))
            done
        else
            hash=$(node "$hash" "$step")
        fi
        at=$((at / 2)) last=$((last / 2))
    done
    [ "$last" -eq 0 ] && [ "$hash" = "$root" ]
}

is_named() { # file, name of its entry: the entry names the file's hash
    [ "$(sha256sum <"$1" | cut -c 1-64)" = \
        "$(sed -n 's/.*"sha256":"\([0-9a-f]\{64\}\)".*/\1/p' "entries/$2.entry")" ]
}

knows_key() {
    key=$(openssl pkey -pubin -in ledger.pub -outform DER | tail -c 32 | openssl base64 -A)
    grep -qF "\"key\":\"$key\"" entries/*.entry
}

size=$(sed -n 2p checkpoint.signed)
root=$(sed -n 3p checkpoint.signed | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')

check "every file is as it was packed" sha256sum --quiet -c SHA256SUMS
check "the checkpoint of $size entries is signed by ledger.pub" \
    openssl pkeyutl -verify -pubin -inkey ledger.pub -rawin -in checkpoint.signed -sigfile checkpoint.sig
check "an entry of the ledger names that key" knows_key
for file in entries/*.entry; do
    name=${file#entries/} name=${name%.entry}
    check "entry $name is in the signed checkpoint" is_in_tree "$name"
done
for file in captures/*.warc.gz rules/*.yaml; do
    [ -f "$file" ] || continue
    name=${file##*/} name=${name%%.*}
    check "$file is what entry $name names" is_named "$file" "$name"
done
if [ -f stamped.tsr ] && [ -f tsa-ca.pem ]; then
    check "the time stamp holds for stamped.txt" \
        openssl ts -verify -in stamped.tsr -data stamped.txt -CAfile tsa-ca.pem
fi
if [ $failed -eq 0 ]; then echo "All holds."; else echo "Something does not hold."; fi
exit $failed
