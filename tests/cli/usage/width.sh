# Help and explanations fit a terminal of 80 columns.
{
    "$BYLAW" help
    for command in audit extract rules explain demo help; do "$BYLAW" help $command; done
    for id in link.original credit.author notice.copyright keep.text no.commercial \
        undetermined not-met fetch.private-address global-research cc-by-4.0; do
        "$BYLAW" explain $id
    done
} >out
sed -e "s|$ROOT|ROOT|" out | awk 'length($0) > 80 { print "too wide:", $0; bad = 1 } END { exit bad }'
