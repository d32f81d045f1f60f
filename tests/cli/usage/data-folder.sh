# BYLAW_DATA that leads nowhere is told, not guessed around.
BYLAW_DATA=/nowhere "$BYLAW" rules list
echo "exit $?"
BYLAW_DATA=/nowhere "$BYLAW" audit -s x page.html
echo "exit $?"
BYLAW_DATA=/nowhere "$BYLAW" rules list --rules "$ROOT/rules" | grep -o "^global-research"
BYLAW_DATA=$ROOT "$BYLAW" rules list | grep -o "^global-research"
BYLAW_DATA=/nowhere "$BYLAW" help >/dev/null
echo "exit $?"
"$BYLAW" rules list --rules nowhere
