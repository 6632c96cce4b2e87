#!/usr/bin/env bash
# Browser tests of a program: e2e/run.sh PROGRAM WORK; e2e/run.sh --fetch WORK only puts the two packages they use into the folder WORK.
# Needs node, npm and chromium: Debian's `nodejs`, `npm`, `chromium`.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$2
mkdir -p "$work"
if ! cmp -s e2e/package.json "$work/.installed"; then
    cp e2e/package.json e2e/package-lock.json e2e/.npmrc "$work/"
    (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    cp e2e/package.json "$work/.installed"
fi
test -x "${CHROMIUM:-/usr/bin/chromium}"
[ "$1" = --fetch ] && exit 0
COTREAT_E2E="$work" node e2e/walk.mjs "$1"
