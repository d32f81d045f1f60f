"$BYLAW" explain no.such-thing
