# A draft is noted in the case and in the ledger; a letter of the law wants a
# person first.
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
export SOURCE_DATE_EPOCH=1700010000
"$BYLAW" notice 2 --by jo | sed -n 1,10p
"$BYLAW" notice 2 --lang fr --by jo -q --output lettre.txt
head -1 lettre.txt
"$BYLAW" notice 2 --kind dmca
echo "exit $?"
"$BYLAW" case set 2 confirmed --by jo -q
"$BYLAW" notice 2 --kind dmca --by jo -q | grep -c "penalty of perjury"
"$BYLAW" case show 2 | grep drafted
"$BYLAW" notice 2 --lang eo
echo "exit $?"
"$BYLAW" notice 2 --kind threat
echo "exit $?"
mkdir ws/notices
printf 'subject: Our own\n\nAbout {{page}} and {{nothing}}\n' >ws/notices/correction.en.txt
"$BYLAW" notice 2
echo "exit $?"
"$BYLAW" verify | sed -n 's/^Holds.*/Holds/p'
