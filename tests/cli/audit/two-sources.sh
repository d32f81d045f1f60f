# A page that carries two articles has a row for each.
. "$ROOT/tests/cli/page-of.sh"
cat >lamp.md <<'END'
# The Third Lamp

The harbour town lit its third lamp on the first of March, and the crowd that had waited since noon cheered as it began to turn above the roofs of the old quarter.

It was built by the people of the town for the ships that pass it in the night, and it cost less than anyone had thought it would when the first stone was laid.

Licensed under Creative Commons Attribution 4.0.
END
{
    page_of "Source: $LINK. $RIGHTS."
    sed -n -e 's/^\(The harbour.*\|It was.*\)$/<p>\1<\/p>/p' lamp.md
} >page.html
"$BYLAW" audit -q -s "$SEED" --source lamp.md page.html
