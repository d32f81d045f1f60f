"$BYLAW" explain fetch.private-address
