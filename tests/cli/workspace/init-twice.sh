# A workspace is made once; what is there is never overwritten.
"$BYLAW" init ws && ls ws && stat -c '%a %n' ws/captures
echo '# mine' >ws/bylaw.yaml
"$BYLAW" init ws
code=$?
cat ws/bylaw.yaml
exit $code
