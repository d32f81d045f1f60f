# Decisions, notes and drafts of the review page are the command line's own:
# the same states, events, ledger and refusals.
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
export SOURCE_DATE_EPOCH=1700010000
PYTHONDONTWRITEBYTECODE=1 python3 "$ROOT/tests/cli/serve/decisions.py"
"$BYLAW" case show 2 | sed -n '/^history/,/^captures/p' | tail -7 | cut -c1-100
"$BYLAW" verify | sed 's/:.*//' | head -1
