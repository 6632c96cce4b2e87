#!/usr/bin/env bash
# Builds ui/built from the sources in this folder. Needs node and npm; cargo does not, as the result is committed and embedded.
#   ui/build.sh           writes ui/built
#   ui/build.sh --check   builds elsewhere, and fails unless it is the same byte for byte
set -euo pipefail
cd "$(dirname "$0")/.."
work=target/ui
mkdir -p "$work"
cp ui/package.json ui/package-lock.json ui/.npmrc "$work/"
if ! cmp -s ui/package-lock.json "$work/node_modules/.installed"; then
    (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    cp ui/package-lock.json "$work/node_modules/.installed"
fi
if [ "${1:-}" = --check ]; then
    rm -rf "$work/check"
    node ui/build.mjs "$work" "$work/check"
    for file in cotreat.css cotreat.js THIRD_PARTY.md; do
        cmp "ui/built/$file" "$work/check/$file" || { echo "ui/built/$file is not what the sources give: run ui/build.sh and commit the result" >&2; exit 1; }
    done
    echo "ui/built is what the sources give"
else
    node ui/build.mjs "$work" ui/built
fi
