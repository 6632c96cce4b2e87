#!/usr/bin/env bash
# kill -9 while four writers write, again and again (200 times with DRILL=long), on both databases: every acknowledged event is there once, the chain verifies, the database is sound.
. "$(dirname "$0")/lib.sh"
kills=5; long && kills=200

drill() { # NAME DATABASE
  local name=$1 database=$2 kill
  "$writer" new "$database" "$room/$name.key"
  : >"$room/$name.safe"
  for kill in $(seq "$kills"); do
    # A server needs a moment to see that the process before is gone.
    "$writer" write "$database" "$room/$name.key" 4 60 >"$room/now" 2>&1 &
    local process=$!
    for _ in $(seq 400); do ! grep -q '^safe' "$room/now" || break; sleep 0.05; done
    grep -q '^safe' "$room/now" || fail "$name: nothing was written before kill $kill: $(cat "$room/now")"
    sleep "0.0$((RANDOM % 90 + 10))"
    kill -9 "$process"; wait "$process" 2>/dev/null || true
    cat "$room/now" >>"$room/$name.safe"; echo >>"$room/$name.safe"
  done
  "$writer" check "$database" "$room/$name.key" "$room/$name.safe" || fail "$name after $kills kills"
}

drill sqlite "$room/cotreat.db"
if start_postgres; then drill postgres "$postgres"; else echo "left out: PostgreSQL is not installed"; fi
passed "$kills kills on each database"
