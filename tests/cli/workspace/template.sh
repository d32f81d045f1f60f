# Every setting that the template shows is one that can be set.
"$BYLAW" init -q
sed -E '/^# [^ ]/d; s/^#//' "$ROOT/audit/workspace/bylaw.yaml" >bylaw.yaml
"$BYLAW" config show --origin
