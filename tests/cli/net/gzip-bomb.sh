# A body that unpacks a thousandfold is given up.
. "$ROOT/tests/cli/faults.sh"
audit_path /bomb/0
