# Every complaint has its line and column.
printf 'id: broken\ntitle: "never closed\n' >broken.yaml
"$BYLAW" rules check broken.yaml
