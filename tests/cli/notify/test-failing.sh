# Each channel is tried and said, whatever the others did; secrets stay inside:
# of a webhook's address only the host is shown.
mkdir ws && cd ws && "$BYLAW" init -q .
cat >bylaw.yaml <<'END'
contact: desk@x.org
alerts:
  allow-address: [127.0.0.0/8]
  mail:
    smtp: smtp://127.0.0.1:1
    from: bylaw@x.org
    to: [desk@x.org]
    user: bylaw
    password-file: mail.password
  webhook: {url: 'http://127.0.0.1:1/hook/token', secret-file: hook.secret}
  atom: nowhere/alerts.atom
  prometheus: bylaw.prom
END
(umask 077 && echo hush >hook.secret && echo hush >mail.password)
"$BYLAW" notify test
