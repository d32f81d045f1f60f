printf 'id: x\ntitle: [unclosed\n' >source.yaml
echo '<p>A page.</p>' >page.html
"$BYLAW" audit --source source.yaml page.html
