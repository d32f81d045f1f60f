# The nearest parent with a bylaw.yaml; a folder that is named comes first.
"$BYLAW" init -q outer && "$BYLAW" init -q outer/inner && mkdir outer/inner/deep
echo 'contact: outer@x.org' >outer/bylaw.yaml
echo 'contact: inner@x.org' >outer/inner/bylaw.yaml
cd outer/inner/deep || exit
"$BYLAW" config show --origin | head -1
BYLAW_WORKSPACE=../.. "$BYLAW" config show --origin | head -1
BYLAW_WORKSPACE=../.. "$BYLAW" -w .. config show --origin | head -1
