# Nor is a server's own failure.
. "$ROOT/tests/cli/faults.sh"
audit_path /error
