"$BYLAW" rules export --odrl calmatters-network | sed 's/urn:uuid:[0-9a-f-]*"/UUID"/'
"$BYLAW" rules export --odrl | grep -c '"@type": "Set"' | sed 's/^[0-9][0-9]$/dozens/'
"$BYLAW" rules export calmatters-network
"$BYLAW" rules export --odrl nobodys
