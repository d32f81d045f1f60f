# Without a command the help goes to standard error and the code is 2.
"$BYLAW"
