# Every page of the demo gets the verdict a careful editor would give.
"$BYLAW" demo --quiet
