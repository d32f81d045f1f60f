# The crawl's private addresses are not the alerts': they need their own.
mkdir ws && cd ws && "$BYLAW" init -q .
cat >bylaw.yaml <<'END'
contact: desk@x.org
crawl: {allow-address: [127.0.0.0/8]}
alerts: {webhook: {url: 'http://127.0.0.1:1/'}}
END
"$BYLAW" notify test --json
