# An error page is not the page.
. "$ROOT/tests/cli/faults.sh"
audit_path /not-found
