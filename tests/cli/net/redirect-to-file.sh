# Nor into the file system.
. "$ROOT/tests/cli/faults.sh"
audit_path /to-file
