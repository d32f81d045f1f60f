# And one that has run out.
. "$ROOT/tests/cli/faults.sh"
audit --ca-file ca.pem "https://localhost:$EXPIRED_PORT/ok"
