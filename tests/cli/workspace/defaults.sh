# What is in force where nothing was set.
"$BYLAW" init -q && "$BYLAW" config show --origin
