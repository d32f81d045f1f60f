# Without --source, a page is judged against all sources of the workspace.
"$BYLAW" init -q ws
cat >article.html <<'END'
<title>A tale of two rivers</title><p>By Ann Author</p>
<p>The first river rises in the hills and runs to the sea without a bend.</p>
<p>The second wanders, floods its fields each spring, and is loved for it.</p>
END
cat >copy.html <<'END'
<title>Rivers</title>
<p>The first river rises in the hills and runs to the sea without a bend.</p>
<p>The second wanders, floods its fields each spring, and is loved for it.</p>
END
"$BYLAW" audit -w ws copy.html
"$BYLAW" source add -w ws -q --rule cc-by-4.0 article.html \
    "$ROOT/seeds/global-research-japan-nato/source.yaml"
"$BYLAW" audit -w ws -q --url https://blog.example/rivers copy.html
