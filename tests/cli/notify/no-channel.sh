# Without a channel there is nobody to tell, which is a mistake to be told.
"$BYLAW" init -q ws
"$BYLAW" notify -w ws
