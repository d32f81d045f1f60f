# An option of one command is refused by another.
"$BYLAW" rules list --source x
