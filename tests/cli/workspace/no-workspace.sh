"$BYLAW" source list
code=$?
"$BYLAW" source list --workspace nowhere
BYLAW_WORKSPACE=elsewhere "$BYLAW" config show
exit $code
