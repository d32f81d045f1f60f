# Each fixture states what is found of every duty; -vv shows it.
"$BYLAW" rules test -vv "$ROOT/tests/fixtures/credit.yaml"
"$BYLAW" rules test -vv "$ROOT/tests/fixtures/policies.yaml"
"$BYLAW" rules test -vv --rules "$ROOT/tests/fixtures/rules" "$ROOT/tests/fixtures/owners.yaml"
