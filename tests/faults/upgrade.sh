#!/usr/bin/env bash
# A step of an upgrade that fails, and a process that is killed in the middle of one, on both databases: the old database is there, and the next try succeeds.
# The steps are made up, so this runs the store's own tests, which can hand a schema in.
. "$(dirname "$0")/lib.sh"
cargo test --quiet --workspace --test store -- upgrade:: >"$room/out" 2>&1 || fail "$(tail -n 40 "$room/out")"
grep -E '^test result: ok\. [1-9]' "$room/out" || fail "no test ran: $(cat "$room/out")"
passed "an upgrade happens altogether or not at all"
