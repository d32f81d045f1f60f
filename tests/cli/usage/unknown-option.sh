# An unknown option is named, and the way to the help.
"$BYLAW" audit --colour page.html
