# Header lines have a ceiling.
. "$ROOT/tests/cli/faults.sh"
audit_path /endless-line
