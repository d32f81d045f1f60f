: >empty.txt
echo '<p>A page.</p>' >page.html
"$BYLAW" audit --source empty.txt page.html
