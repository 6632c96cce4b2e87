#!/usr/bin/env bash
# A clock that jumps backwards a day between two runs, and forwards again: order comes from positions, not from times; nothing is lost and the chain holds.
. "$(dirname "$0")/lib.sh"
faketime=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1) || true
[ -n "${faketime:-}" ] || { echo "left out ${0##*/}: Debian's package faketime is not installed"; exit 0; }

drill() { # NAME DATABASE
  local name=$1 database=$2 shift
  "$writer" new "$database" "$room/$name.key"
  : >"$room/$name.safe"
  for shift in +0 -1d -2d +1d +0; do
    LD_PRELOAD="$faketime" FAKETIME="$shift" FAKETIME_DONT_FAKE_MONOTONIC=1 "$writer" write "$database" "$room/$name.key" 2 1 >>"$room/$name.safe"
  done
  "$writer" check "$database" "$room/$name.key" "$room/$name.safe" || fail "$name"
}

drill sqlite "$room/cotreat.db"
if start_postgres; then drill postgres "$postgres"; else echo "left out: PostgreSQL is not installed"; fi
passed "a clock that jumps loses nothing"
