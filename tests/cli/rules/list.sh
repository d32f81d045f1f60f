"$BYLAW" rules list
