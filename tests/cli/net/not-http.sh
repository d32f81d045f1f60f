# Another protocol on the port is told from HTTP.
. "$ROOT/tests/cli/faults.sh"
audit_path /not-http
