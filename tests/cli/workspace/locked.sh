# One run at a time writes; readers go on; the lock goes with its holder.
"$BYLAW" init -q
python3 - "$BYLAW" <<'END'
import fcntl, os, struct, subprocess, sys
seed = os.environ["ROOT"] + "/seeds/global-research-japan-nato/source.yaml"
lock = open(".lock", "w")
lock.write("bylaw scan, process 42, since 2023-11-14T22:13:20Z\n")
lock.flush()
flock = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
fcntl.fcntl(lock, 37, flock)  # F_OFD_SETLK
add = [sys.argv[1], "source", "add", seed]
print("writer while held:", subprocess.call(add), flush=True)
print("reader while held:", subprocess.call([sys.argv[1], "source", "list"]), flush=True)
lock.close()
print("writer afterwards:", subprocess.call(add), flush=True)
END
