# A rule finds the family that it extends in its own folder, however the
# folder is named.
mkdir mine
cat >mine/_family.yaml <<'END'
id: _family
title: What two rules share
duties:
  - {id: credit.author, force: must, basis: licence, severity: 3}
END
cat >mine/child.yaml <<'END'
id: child
extends: _family
status: provisional
title: A rule
licence: LicenseRef-Mine
captured: {url: "https://wire.example/terms", date: 2024-01-01}
END
"$BYLAW" rules check mine/child.yaml
(cd mine && "$BYLAW" rules check child.yaml ./child.yaml "$PWD/child.yaml")
mv mine/_family.yaml mine/_other.yaml
(cd mine && "$BYLAW" rules check child.yaml)
