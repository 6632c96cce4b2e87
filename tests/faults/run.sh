#!/usr/bin/env bash
# Every drill, one after the other, shortened; `DRILL=long tests/faults/run.sh` does them in full. Ends with a line that counts them.
set -uo pipefail
cd "$(dirname "$0")"
passed=0; failed=0
for drill in kill eio full clock two_writers upgrade; do
  if bash "$drill.sh"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
