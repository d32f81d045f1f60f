# A transfer that breaks off is no whole page.
. "$ROOT/tests/cli/faults.sh"
audit_path /too-long
