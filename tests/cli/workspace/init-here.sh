# In this folder where none is named; JSON says what was made.
"$BYLAW" init --json && "$BYLAW" source list
