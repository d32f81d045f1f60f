printf 'contact: "never closed\ncrawl:\n' >bylaw.yaml
"$BYLAW" config check
