# Common options may stand before the command.
"$BYLAW" --quiet rules check
