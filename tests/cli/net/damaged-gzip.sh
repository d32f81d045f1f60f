# A damaged body leaves no text.
. "$ROOT/tests/cli/faults.sh"
audit_path /gzip-damaged
