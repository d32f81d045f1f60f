# A workspace that cannot be finished is taken back.
mkdir ws && echo 'not a database' >ws/bylaw.db
"$BYLAW" init ws
code=$?
ls ws
exit $code
