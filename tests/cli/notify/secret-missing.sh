# A secret that cannot be read fails its channel, and nothing goes out unsigned.
mkdir ws && cd ws && "$BYLAW" init -q .
cat >bylaw.yaml <<'END'
contact: desk@x.org
alerts:
  allow-address: [127.0.0.0/8]
  webhook: {url: 'http://127.0.0.1:1/', secret-file: hook.secret}
END
"$BYLAW" notify test
