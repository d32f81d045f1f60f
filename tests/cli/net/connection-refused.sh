# Nothing listens on the port of a service that is not there.
. "$ROOT/tests/cli/faults.sh"
audit http://127.0.0.1:1/page
