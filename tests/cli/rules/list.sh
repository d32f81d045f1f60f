"$BYLAW" rules list | grep -E '^(cc-by-(3.0|4.0)|global-research|texas-tribune) '
