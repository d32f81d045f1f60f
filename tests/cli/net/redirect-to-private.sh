# A redirect cannot reach into a private network.
. "$ROOT/tests/cli/faults.sh"
audit_path /to-private
