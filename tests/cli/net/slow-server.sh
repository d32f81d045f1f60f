# The time limit holds for a server that trickles.
. "$ROOT/tests/cli/faults.sh"
audit --timeout 1 "http://127.0.0.1:$PORT/trickle"
