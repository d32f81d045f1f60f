# A service that could not be asked is told before a scan would find out.
cat >bylaw.yaml <<'END'
contact: editor@x.org
search:
  - service: brave
  - service: searxng
  - {service: gdelt, per-day: 20}
END
"$BYLAW" config check
