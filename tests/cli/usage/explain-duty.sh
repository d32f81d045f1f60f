"$BYLAW" explain link.original
