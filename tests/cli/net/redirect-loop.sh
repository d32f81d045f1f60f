# A loop of redirects ends after ten.
. "$ROOT/tests/cli/faults.sh"
audit_path /loop
