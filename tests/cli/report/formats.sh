# Every form is whole, and the same when it is written again.
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
"$BYLAW" case set 1 allowed -q --reason '=agreed, by "mail"' --until 2023-12-31 --by jo
for format in html json ndjson csv md sarif junit atom prometheus; do
    "$BYLAW" report --format $format >once || echo "exit $?"
    "$BYLAW" report --format $format --output twice
    cmp -s once twice && echo "$format: the same again"
    mv once report.$format
done
sed -n 1,5p report.md
head -1 report.csv
grep -o "'=agreed, by \"\"mail\"\"" report.csv | sort -u
"$BYLAW" report --format csv --host paste-box.example | cut -c1-20 | sort -u
"$BYLAW" report --json --state allowed | grep -o '"cases":[0-9]*,"open_cases":[0-9]*'
"$BYLAW" report --format pdf
