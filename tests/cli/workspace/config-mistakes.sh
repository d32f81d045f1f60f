# All mistakes are told, each with its line and column and the nearest word.
cat >bylaw.yaml <<'END'
contact: editor@x.org
crawl:
  dealy: 5s
  depth: 99
watch:
  - site: reposter.example
    max-page: 10
search:
  - service: searxng
    key: s3cret
  - service: searxgn
alerts:
  mail:
    smtp: smtp://me:s3cret@mail.x.org
END
"$BYLAW" config check
