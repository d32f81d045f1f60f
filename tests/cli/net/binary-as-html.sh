# Bytes that are no text are not judged, whatever they are called.
. "$ROOT/tests/cli/faults.sh"
audit_path /binary
