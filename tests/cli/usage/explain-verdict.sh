"$BYLAW" explain undetermined
