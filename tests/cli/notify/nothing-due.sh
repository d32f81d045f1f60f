# Nothing changed: nobody is told, and what cannot be reached is not tried. The
# files say what the workspace says, the same when they are written again.
mkdir ws && cd ws && "$BYLAW" init -q .
cat >bylaw.yaml <<'END'
contact: desk@x.org
alerts:
  webhook: {url: 'http://127.0.0.1:1/hook/token'}
  atom: alerts.atom
  prometheus: bylaw.prom
END
"$BYLAW" notify
cat alerts.atom bylaw.prom
cp alerts.atom before.atom
"$BYLAW" notify -q && cmp before.atom alerts.atom
