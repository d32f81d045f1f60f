"$BYLAW" --version
