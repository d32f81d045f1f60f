# A ceiling that the caller's own file breaks is a mistake in it, not a doubt.
cp -r "$ROOT/rules" .
nested=$(printf '%40s' '' | tr ' ' '[')$(printf '%40s' '' | tr ' ' ']')
printf 'id: deep\nduties: %s\n' "$nested" >rules/deep.yaml
echo "<p>x</p>" >page.html
"$BYLAW" audit --rules rules -s "$ROOT/seeds/global-research-japan-nato/source.yaml" page.html
