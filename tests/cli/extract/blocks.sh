# What is seen in a page: facts, blocks and links, each with its place.
cat >page.html <<'END'
<!doctype html><html lang=en><head><title>A lamp</title>
<meta name=author content="Mira Olsen"></head>
<body><nav><a href="/">Home</a></nav>
<main><h1>A lamp</h1><p>The harbour town lit its third lamp, and <a href="https://wire.example/lamp">the crowd</a> cheered.</p>
<p style="display:none">Hidden words.</p></main></body></html>
END
"$BYLAW" extract --url https://harbour.example/lamp page.html
