#!/usr/bin/env bash
# Browser tests: e2e/run.sh PROGRAM. Needs node, npm and chromium (Debian's packages of these names); the two packages they use are put below the target folder.
set -euo pipefail
cd "$(dirname "$0")/.."
work=target/e2e
mkdir -p "$work"
cp e2e/package.json "$work/"
[ -f e2e/package-lock.json ] && cp e2e/package-lock.json "$work/"
if ! [ -d "$work/node_modules/playwright-core" ] || ! cmp -s e2e/package.json "$work/.installed"; then
    (cd "$work" && npm install --ignore-scripts --no-audit --no-fund --silent)
    cp e2e/package.json "$work/.installed"
fi
COTREAT_E2E="$work" node e2e/walk.mjs "$1"
