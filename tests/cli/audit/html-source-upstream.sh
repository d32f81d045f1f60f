# The title in the source's heading marks no copy as the publisher's: a page
# that credits the upstream owes the publisher nothing.
. "$ROOT/tests/cli/page-of.sh"
long_title() {
    sed -e 's|Japan and NATO</|Japan to Open an Office of NATO in Tokyo, It Was Said in May This Year</|g' \
        -e 's|\. Copyright|</p><p>Copyright|'
}
page_of "The original source of this article is InfoBrics. $RIGHTS" | long_title >source.html
page_of 'Source: <a href="https://infobrics.org/post/38371">InfoBrics</a>' | long_title >page.html
"$BYLAW" audit -q --rule global-research -s source.html --source-url "$ARTICLE" page.html
