#!/usr/bin/env bash
# A disk that dies: fsync fails with EIO in the middle of writing. The process stops writing and says so; what it had acknowledged is there when the disk works again.
. "$(dirname "$0")/lib.sh"
cc -shared -fPIC -O1 -o "$room/fail_fsync.so" tests/faults/fail_fsync.c -ldl

drill() { # NAME DATABASE [the writer's preload]
  local name=$1 database=$2 preload=${3:-}
  "$writer" new "$database" "$room/$name.key"
  rm -f "$room/dying"
  FAIL_FSYNC_WHILE="$room/dying" LD_PRELOAD="$preload" "$writer" write "$database" "$room/$name.key" 4 20 >"$room/$name.safe" 2>&1 &
  local process=$!
  while ! grep -q '^safe' "$room/$name.safe" 2>/dev/null; do sleep 0.05; done
  sleep 0.5
  touch "$room/dying"
  local code=0
  wait "$process" || code=$?
  [ "$code" = 3 ] || fail "$name: it went on writing to a disk that lost data (code $code)"
  grep -q '^refused ' "$room/$name.safe" || fail "$name: nothing was said"
  echo "$name: $(grep '^refused ' "$room/$name.safe" | cut -c1-160)"
  rm -f "$room/dying"
  # A server that cannot write its journal ends itself; on the mended disk it is started again, and recovers.
  [ "$name" = sqlite ] || again || true
  for _ in $(seq 100); do
    if "$writer" check "$database" "$room/$name.key" "$room/$name.safe" >"$room/$name.check"; then break; fi
    sleep 0.2
  done
  "$writer" check "$database" "$room/$name.key" "$room/$name.safe" || fail "$name: $(cat "$room/$name.check")"
}

drill sqlite "$room/cotreat.db" "$room/fail_fsync.so"
if start_postgres FAIL_FSYNC_WHILE="$room/dying" LD_PRELOAD="$room/fail_fsync.so"; then
  drill postgres "$postgres"
else
  echo "left out: PostgreSQL is not installed"
fi
passed "a dead disk is said, and nothing acknowledged is lost"
