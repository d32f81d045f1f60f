printf 'contact: editor@x.org\nwatch: [{feed: https://a.example/feed}]\n' >bylaw.yaml
"$BYLAW" config show --json
