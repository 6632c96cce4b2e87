#!/usr/bin/env bash
# A process is killed in the middle of an upgrade, or a step of it fails: the old database stands, whole, or the new one does. On SQLite and PostgreSQL.
. "$(dirname "$0")/lib.sh"
kills=6; long && kills=200
COTREAT_KILLS=$kills cargo test --quiet --workspace --test store upgrade >"$room/upgrade.log" 2>&1 || { cat "$room/upgrade.log"; fail "an upgrade left something in between"; }
grep -q 'test result: ok' "$room/upgrade.log" || fail "no test was run"
passed "killed $kills times on each database in the middle of an upgrade: the old one or the new one was there"
