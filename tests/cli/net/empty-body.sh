# A page of no bytes is no page without a credit.
. "$ROOT/tests/cli/faults.sh"
audit_path /empty
