# --workspace names the folder to make, as it does everywhere.
"$BYLAW" init --workspace press -q
ls press | tr '\n' ' '
ls
