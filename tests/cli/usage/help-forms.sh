# Help comes as text, manual sections and completions, all of the same tables.
"$BYLAW" help --format mdoc | sed -n 1,6p
"$BYLAW" help --format mdoc-terms | sed -n 1,4p
"$BYLAW" help --format bash | sed -n '1p;$p'
"$BYLAW" help --format zsh | sed -n 1,2p
"$BYLAW" help --format fish | grep ' -a rules '
"$BYLAW" help --format troff
