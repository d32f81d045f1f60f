# Which of two was meant is not guessed; lists may be repeated.
printf 'words' >page.txt
"$BYLAW" audit --url http://a.example/ --url http://b.example/ page.txt
echo "exit $?"
"$BYLAW" demo --port 1 --port=2
echo "exit $?"
