# A scan needs a workspace, a contact and an article, in this order.
"$BYLAW" scan
"$BYLAW" init ws -q
"$BYLAW" --workspace ws scan
echo "contact: editor@example.org" >ws/bylaw.yaml
"$BYLAW" --workspace ws scan
