# Each verdict has its sentence; one page has its whole checklist.
"$BYLAW" demo 2>&1
