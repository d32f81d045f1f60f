# Sourced by the cases of net: starts a server that goes wrong in known ways
# (tests/net/faults.c) for as long as the case runs. Sets PORT, TLS_PORT,
# WRONG_HOST_PORT and EXPIRED_PORT; ca.pem holds the certificates of the TLS
# ports. PAGE names the file that /page answers with.
[ -x "$FAULTS" ] || {
    echo "no fault server: FAULTS is not set" >&2
    exit 77
}
SOURCE=${SOURCE:-$ROOT/seeds/global-research-japan-nato/source.yaml}

# The server ends when the last writer of its standard input does: this shell.
mkfifo hold
: >ports
"$FAULTS" ca.pem ${PAGE:+"$PAGE"} <hold >ports &
exec 9>hold

port_of() {
    tries=0
    until grep -q "^$1 " ports; do
        tries=$((tries + 1))
        [ $tries -le 250 ] || exit 1
        sleep 0.02
    done
    sed -n "s/^$1 //p" ports
}
EXPIRED_PORT=$(port_of EXPIRED-PORT)
WRONG_HOST_PORT=$(port_of WRONG-HOST-PORT)
TLS_PORT=$(port_of TLS-PORT)
PORT=$(port_of PORT)

# Judges what stands at a path of the plain port.
audit_path() {
    "$BYLAW" audit -q --allow-address 127.0.0.0/8 --source "$SOURCE" \
        "http://127.0.0.1:$PORT$1"
}

# Judges an address under further options.
audit() {
    "$BYLAW" audit -q --allow-address 127.0.0.0/8 --source "$SOURCE" "$@"
}
