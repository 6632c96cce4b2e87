# Shared by the drills: where things are, how long they take, and what a failed drill says.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# Short in CI; `DRILL=long` does what the release notes promise.
long() { [ "${DRILL:-short}" = long ]; }
room=$(mktemp -d)
chmod 755 "$room"
cleaning=()
clean() { local c; for c in "${cleaning[@]}"; do eval "$c" || true; done; rm -rf "$room"; }
trap clean EXIT
fail() { echo "FAILED ${0##*/}: $*"; exit 1; }
passed() { echo "passed ${0##*/}: $*"; }
writer="${CARGO_TARGET_DIR:-target}/debug/examples/writer"
[ -x "$writer" ] || cargo build --quiet --workspace --example writer

# A PostgreSQL server of the drill's own in $room/pg, with its settings kept durable. Sets $postgres to the address of an empty database.
start_postgres() {
  bin=""
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) || true
  [ -n "${bin:-}" ] || return 1
  as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
  mkdir -p "$room/pg"; [ "$(id -u)" != 0 ] || chown postgres "$room/pg"
  as_postgres "$bin/initdb" --auth=trust --username=cotreat --no-sync -D "$room/pg/data" >"$room/pg.log" 2>&1 || { cat "$room/pg.log"; return 1; }
  again() { # ENVIRONMENT…: starts the server, if it does not run
    as_postgres env "$@" "$bin/pg_ctl" -D "$room/pg/data" -w -l "$room/pg/server.log" \
      -o "-c listen_addresses='' -k $room/pg -c fsync=on -c wal_sync_method=fdatasync" start >>"$room/pg.log" 2>&1
  }
  again "$@" || { cat "$room/pg.log"; return 1; }
  cleaning+=("as_postgres $bin/pg_ctl -D $room/pg/data -m immediate stop >/dev/null 2>&1")
  as_postgres "$bin/psql" -qh "$room/pg" -U cotreat -d postgres -c "CREATE DATABASE drill" >/dev/null
  postgres="postgres://cotreat@localhost/drill?host=$room/pg"
}
