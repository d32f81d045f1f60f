"$BYLAW" rules test
