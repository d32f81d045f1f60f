"$BYLAW" init -q && "$BYLAW" config check
