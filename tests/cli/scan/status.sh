# Health: never scanned is not well, and says so by its exit code. What locks
# the processes that read pages depends on the kernel.
any_kernel() {
    sed 's/^locked by  .*limits.*/locked by      .../
         s/"cells":{"seccomp":[a-z]*,"landlock":[0-9]*,"limits":[a-z]*}/"cells":{}/'
}
"$BYLAW" init ws -q
"$BYLAW" --workspace ws status >out
echo "exit $?"
any_kernel <out
"$BYLAW" --workspace ws status --json --max-age 2d >out
echo "exit $?"
any_kernel <out
"$BYLAW" --workspace ws status --max-age soon
