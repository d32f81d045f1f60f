# A body without end is read up to the ceiling.
. "$ROOT/tests/cli/faults.sh"
audit_path /endless
