# Asked for, the help is a result.
"$BYLAW" --help
