# A key that others can read is not used, and a missing file is missed.
cat >bylaw.yaml <<'END'
contact: editor@x.org
search:
  - service: brave
    key-file: brave.key
warc: [nowhere.warc]
END
echo s3cret >brave.key
chmod 644 brave.key
"$BYLAW" config check
code=$?
chmod 600 brave.key
echo s3cret >nowhere.warc
"$BYLAW" config check && exit $code
