# What --json prints follows the schema, page by page.
"$BYLAW" demo --json >audits.ndjson 2>/dev/null || exit 1
python3 - "$ROOT/audit/schema/audit-1.schema.json" audits.ndjson <<'PYTHON'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
count = 0
for line in open(sys.argv[2], encoding="utf-8"):
    validator.validate(json.loads(line))
    count += 1
print(count, "audits follow the schema")
PYTHON
