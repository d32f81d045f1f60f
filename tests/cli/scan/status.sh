# Health: never scanned is not well, and says so by its exit code.
"$BYLAW" init ws -q
"$BYLAW" --workspace ws status
echo "exit $?"
"$BYLAW" --workspace ws status --json --max-age 2d
echo "exit $?"
"$BYLAW" --workspace ws status --max-age soon
