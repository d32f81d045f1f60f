# What is wrong about a question or a decision is said before anything is done.
"$BYLAW" init ws -q
export BYLAW_WORKSPACE=ws
"$BYLAW" case list
"$BYLAW" case list --state newish
"$BYLAW" case show one
"$BYLAW" case show 7
"$BYLAW" case set 7
"$BYLAW" case set 7 allowed --until tomorrow
"$BYLAW" case set 7 allowed --reason "agreed" --by jo
