# Without its source nothing can be judged: a mistake in the call.
echo '<p>A page.</p>' >page.html
"$BYLAW" audit --source nowhere.yaml page.html
echo "exit $?"
"$BYLAW" audit --source . page.html
echo "exit $?"
"$BYLAW" audit --source http://127.0.0.1:9/article page.html
