# So does a trusted certificate for another host.
. "$ROOT/tests/cli/faults.sh"
audit --ca-file ca.pem "https://localhost:$WRONG_HOST_PORT/ok"
