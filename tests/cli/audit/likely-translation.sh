# A page in another language that only shares names and numbers with an article
# may be a text of its own: whatever it says of translations, licences and
# pictures, no duty is unmet by it. A page in the article's own language is no
# translation, whatever language its menu is in; one that could not be read
# whole is never without bearing.
page() { printf '<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title></head><body>%s<article><h1>%s</h1>%s</article></body></html>' "$1" "$2" "$3" "$2" "$4"; }
at=https://www.globalresearch.ca/lindesund-closes-pier/5812345
picture='<img src="https://www.globalresearch.ca/pier.jpg" width="600" height="400" alt="Pier">'
english="<p>The harbour authority of Lindesund closed its northern pier on 14 May 2024 after divers found cracks in 117 of the concrete pillars. Engineers from Aarhus University will examine the damage during the coming week. Until their report is ready, ferries to Vestholm and Grimsey depart from the fish market instead. Mayor Karin Holt told Radio Nord that she had set aside 75,000 crowns. The fishermen, whose boats lie there, complain that nobody asked them before the decision was announced.</p>"
german="<p>Unser Reporter war vor Ort: Seit dem 14. Mai 2024 kommt in Lindesund niemand mehr auf die Pier, weil in 117 Pfeilern Risse klaffen. Forscher aus Aarhus sind unterwegs, die Schiffe nach Vestholm und Grimsey fahren anderswo ab. Karin Holt, die das Rathaus führt, sagte im Gespräch mit Radio Nord, es gebe 75.000 Kronen."
report="Auch <a href=\"$at\">Global Research hat über die Pier berichtet</a>, kommt aber zu einem anderen Schluss als wir.</p>"
menu=$(for n in 1 2 3 4 5 6 7 8 9; do printf '<li><a href="/%s">新闻头条体育财经科技文化教育</a></li>' "$n"; done)
page en "Lindesund closes its northern pier" "<link rel=\"canonical\" href=\"$at\">" "$picture$english" >source.html
page de "Pier in Lindesund bleibt zu" "" "$german Die Zitate der Stadt haben wir aus dem Englischen übertragen. $report" >says-translated.html
page de "Pier in Lindesund bleibt zu" "" "$german $report<p>Unser Text steht unter <a rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/deed.de\">CC BY 4.0</a>.</p>" >own-licence.html
page de "Pier in Lindesund bleibt zu" "" "$picture$german $report" >picture.html
page en "Pier shut" "<nav><ul>$menu</ul></nav>" "<p>I went to the pier on 14 May 2024. Since that day nobody in Lindesund may walk on it; the cracks are in 117 pillars, and people from Aarhus are on the way to see them. The boats for Vestholm and Grimsey sail from another place. Karin Holt told me, and Radio Nord before me, of 75,000 crowns.</p>" >english.html
page en "Port log" "" "<ul><li>14 May 2024 Lindesund pier shut, cracks 117 pillars</li><li>Aarhus University engineers</li><li>Vestholm ferry, Grimsey ferry: fish market</li><li>Karin Holt, Radio Nord</li><li>75,000 crowns</li><li>Fishermen complain loudly</li></ul>" >list.html
{ page de "Pier" "" "<p>In Lindesund sagte Karin Holt, dass die Pier für die Schiffe nach Vestholm und Grimsey nicht mehr sicher ist, und dass sie das auch bei Radio Nord gesagt hat, wo die Leute es nicht hören wollten.</p>" && printf '<p class="'; } >cut.html
for rule in global-research cc-by-nd-4.0 cc-by-sa-4.0 undark; do
    for page in says-translated own-licence picture english list cut; do
        "$BYLAW" audit --source source.html --rule "$rule" $page.html >said
        code=$?
        echo "$rule $page: $(head -1 said | sed 's/  .*//') $code $(grep -o 'FAIL\|Likely a translation\|Possibly a translation\|could not be read' said | sort -u | tr '\n' ' ')"
    done
done
