#!/usr/bin/env bash
# A full disk (4 MB): the writer is refused in words, nothing is half-written, and writing goes on when there is room again. Needs root, to mount one.
. "$(dirname "$0")/lib.sh"
[ "$(id -u)" = 0 ] || { echo "left out ${0##*/}: only root can mount a small disk"; exit 0; }
mkdir "$room/small"
mount -t tmpfs -o size=4m tmpfs "$room/small" || { echo "left out ${0##*/}: no file system can be mounted here"; exit 0; }
cleaning+=("umount $room/small")
"$writer" new "$room/small/cotreat.db" "$room/key"
code=0
"$writer" write "$room/small/cotreat.db" "$room/key" 4 120 >"$room/safe" 2>&1 || code=$?
[ "$code" = 3 ] || fail "4 MB were never full (code $code)"
grep '^refused ' "$room/safe" | grep -q 'no room left' || fail "$(grep '^refused ' "$room/safe")"
"$writer" check "$room/small/cotreat.db" "$room/key" "$room/safe"
mount -o remount,size=64m "$room/small"
"$writer" write "$room/small/cotreat.db" "$room/key" 4 1 >>"$room/safe"
"$writer" check "$room/small/cotreat.db" "$room/key" "$room/safe"
passed "a full disk is said, and nothing is lost"
