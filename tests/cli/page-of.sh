# Makes a page that carries the article in seeds/, from its Markdown, with sed
# alone. Sourced by the cases:
#   page_of CREDIT >page.html    the article with CREDIT (HTML) below it
# ARTICLE is where the article stands, SEED its manifest.
SEED=$ROOT/seeds/global-research-japan-nato/source.yaml
TEXT=$ROOT/seeds/global-research-japan-nato/article.md
ARTICLE=https://www.globalresearch.ca/japan-nato-office/5819285
PAGE=https://harbour.example/world/japan
LINK="<a href=\"$ARTICLE\">Global Research</a>"
RIGHTS='Copyright © Ahmed Adel, InfoBrics, 2023'

page_of() {
    echo '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    echo '<title>Japan and NATO</title></head><body><main><h1>Japan and NATO</h1>'
    # From the lead to the last paragraph; emphasis and escapes taken off.
    sed -n -e '/^\*Japanese/,/^The leaders/p' "$TEXT" |
        sed -e 's/[*\\]//g' -e 's/&/\&amp;/g' -e 's/^\(..*\)$/<p>\1<\/p>/'
    echo "<p>$1</p></main></body></html>"
}
