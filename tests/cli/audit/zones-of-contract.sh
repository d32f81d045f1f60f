# A line that no mark gives a zone is told as one of the eight zones there are.
{
    echo '<!doctype html><html><head><title>Cut</title></head><body><div>'
    echo '<h1>Japan to Open NATO Liaison Office</h1>'
    echo '<p>Global Research, May 16, 2023</p><p>InfoBrics</p>'
    sed -n '/^It is recalled/,/^Suppose/p' "$ROOT/seeds/global-research-japan-nato/article.md" |
        sed 's/^\(..*\)$/<p>\1<\/p>/; s/\\//g'
} >cut.html
"$BYLAW" audit --json --source "$ROOT/seeds/global-research-japan-nato/source.yaml" cut.html >audit.json
python3 - "$ROOT/audit/schema/audit-1.schema.json" audit.json <<'PYTHON'
import json, sys
import jsonschema
audit = json.load(open(sys.argv[2], encoding="utf-8"))
jsonschema.Draft7Validator(json.load(open(sys.argv[1]))).validate(audit)
print(audit["verdict"], audit["because"])
PYTHON
