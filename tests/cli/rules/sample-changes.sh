# A sample's change has to stand in its page exactly once.
cp -R "$ROOT/rules/." . && rm ./*.yaml && mkdir -p samples
cat >house.yaml <<'END'
id: house
status: provisional
title: House rules
licence: LicenseRef-House
captured: {url: "https://example.org/", date: 2024-01-01}
duties:
  - {id: credit.author, force: must, basis: policy}
samples:
  - id: page
    file: page.html
    source: s/source.yaml
    expect: compliant
  - id: twice
    change: [{old: "<p>"}]
    expect: not-met
END
mkdir s; cat >s/source.yaml <<'END'
id: tides
url: https://tidewater.example/tides
title: How a Harbour Town Learned to Read Its Tides
authors: [Marta Quill]
text: ../samples/article.md
END
cat >page.html <<'END'
<title>Tides</title><h1>How a Harbour Town Learned to Read Its Tides</h1>
<p>By Marta Quill</p>
<!--bylaw:article-->
<p>Find us at the harbour.</p>
END
"$BYLAW" rules test --rules .
sed -i 's/<p>"/<p>By Marta Quil<"/' house.yaml
"$BYLAW" rules test --rules .
# A sample that goes unnoticed tests nothing.
sed -i '/id: twice/,$d' house.yaml
"$BYLAW" rules test --rules .
