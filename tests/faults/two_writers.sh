#!/usr/bin/env bash
# Two processes on one database: the second is refused in words, and takes over when the first has ended, however it ended.
. "$(dirname "$0")/lib.sh"

drill() { # NAME DATABASE
  local name=$1 database=$2
  "$writer" new "$database" "$room/$name.key"
  "$writer" write "$database" "$room/$name.key" 1 60 >"$room/$name.safe" 2>&1 &
  local process=$!
  while ! grep -q '^safe' "$room/$name.safe"; do sleep 0.05; done
  local code=0
  "$writer" write "$database" "$room/$name.key" 1 1 >"$room/$name.second" || code=$?
  [ "$code" = 3 ] || fail "$name: two processes wrote (code $code)"
  grep -q 'another process' "$room/$name.second" || fail "$name: $(cat "$room/$name.second")"
  kill -9 "$process"; wait "$process" 2>/dev/null || true
  "$writer" write "$database" "$room/$name.key" 1 1 >>"$room/$name.safe" || fail "$name: it could not take over"
  "$writer" check "$database" "$room/$name.key" "$room/$name.safe" || fail "$name"
}

drill sqlite "$room/cotreat.db"
if start_postgres; then drill postgres "$postgres"; else echo "left out: PostgreSQL is not installed"; fi
passed "one writes, the other is told"
