"$BYLAW" audit --rule no-such-rule --source a.txt page.html
