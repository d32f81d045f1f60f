"$BYLAW" audit page.html
