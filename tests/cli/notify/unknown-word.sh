# "notify" takes "test" or nothing.
"$BYLAW" notify everybody
