# Another way to write loopback is refused alike.
"$BYLAW" audit -q --source "$ROOT/seeds/global-research-japan-nato/source.yaml" 'http://0x7f.1:9/' 'http://[::ffff:127.0.0.1]:9/' 'http://2130706433:9/'
