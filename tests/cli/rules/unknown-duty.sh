# A duty that does not exist is named, with the nearest one that does.
cp -r "$ROOT/rules" rules
sed -i 's/link\.original/link.orignal/' rules/global-research.yaml
"$BYLAW" rules check rules/global-research.yaml
