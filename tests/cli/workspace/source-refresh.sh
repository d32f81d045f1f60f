# Refreshing tells whether the text changed and what it shows now.
"$BYLAW" init -q
cat >a.html <<'END'
<title>A tale of two rivers</title><p>By Ann Author</p>
<p>The first river rises in the hills and runs to the sea without a bend.</p>
<p><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></p>
END
"$BYLAW" source add a.html
"$BYLAW" source refresh
sed -i 's/without a bend/in many bends/; s/4\.0/3.0/g' a.html
"$BYLAW" source refresh a-tale-of-two-rivers
"$BYLAW" source refresh -q
rm a.html
"$BYLAW" source refresh
