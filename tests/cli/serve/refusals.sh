# The review page answers only under its own name, to whoever knows its secret,
# and takes decisions from itself alone; what it refuses leaves no trace.
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
"$BYLAW" case list --json >before
PYTHONDONTWRITEBYTECODE=1 python3 "$ROOT/tests/cli/serve/refusals.py"
"$BYLAW" case list --json | cmp - before && echo "nothing changed"
"$BYLAW" verify | sed 's/:.*//' | head -1
"$BYLAW" serve here
echo "exit $?"
