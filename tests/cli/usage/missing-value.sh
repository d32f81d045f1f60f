"$BYLAW" audit --source
