# A repost with all that is asked for, fetched under a host name of its own,
# plainly and over TLS.
sample=$ROOT/rules/samples/global-research
SOURCE=$sample/source.yaml PAGE=page.html
{
    sed '/bylaw:article/,$d' "$sample/page.html"
    grep '^[^[]\{200,\}$' "$ROOT/seeds/global-research-japan-nato/article.md" |
        sed 's/.*/<p>&<\/p>/'
    sed '1,/bylaw:article/d' "$sample/page.html"
} >page.html
. "$ROOT/tests/cli/faults.sh"
audit --connect-to "site.example:80:127.0.0.1:$PORT" http://site.example/page &&
    audit --connect-to "site.example:443:127.0.0.1:$TLS_PORT" \
        --ca-file ca.pem https://site.example/page
