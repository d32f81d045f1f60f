# What programs read is valid by its schema, or by the rules it is read under.
python3 -c 'import jsonschema' 2>/dev/null || { echo "python3-jsonschema is missing" >&2; exit 77; }
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
"$BYLAW" case set 1 ignored -q --reason 'not ours' --by jo
for format in json ndjson csv sarif junit atom; do
    "$BYLAW" report --format $format >report.$format
done
python3 "$ROOT/tests/cli/report/check_forms.py" "$ROOT/audit/schema"
