# A command's help lists its own options and the common ones.
"$BYLAW" help audit
