# A certificate that nobody vouches for ends the fetch.
. "$ROOT/tests/cli/faults.sh"
audit "https://localhost:$TLS_PORT/ok"
