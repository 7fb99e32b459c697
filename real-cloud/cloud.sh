#!/usr/bin/env bash
# A real Keystone and Glance 2025.1, and the real clients, on loopback: Debian 13 packages in a root of their own
# (chroot) and a network namespace of their own, so nothing of the host is touched and no port is taken.
#
#   cloud.sh up               install (first time), make or restore the start state, start, wait until both answer
#   cloud.sh fresh            back to the start state, running
#   cloud.sh down             stop by pid, unmount, remove the namespace; the root stays for the next time
#   cloud.sh status           what runs
#   cloud.sh save             keep the present state as the start state (after seeding)
#   cloud.sh exec CMD…        run a command inside, with the cloud's network
#
# REAL_CLOUD_DIR  where everything lives (about 1 GB)          MIRROR, SECURITY_MIRROR  Debian mirrors
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DIR=${REAL_CLOUD_DIR:-/var/tmp/learn-openstack-real-cloud}
ROOT=$DIR/root NETNS=learn-openstack STATE=/srv/cloud SUITE=trixie
PACKAGES="keystone glance-api uwsgi-core uwsgi-plugin-python3 python3-openstackclient python3-glanceclient
  qemu-utils jq file curl openssl procps iproute2 sqlite3"

fail() { printf 'real-cloud: %s\n' "$*" >&2; exit 1; }
say() { printf '[%4ds] %s\n' "$SECONDS" "$*" >&2; }

needs() {
  [ "$(id -u)" = 0 ] || fail "needs root (it mounts a chroot and makes a network namespace). Or use a cloud you have: --os-cloud NAME."
  command -v apt-get >/dev/null || fail "needs Debian or Ubuntu on this machine (debootstrap). Elsewhere use a cloud you have: --os-cloud NAME."
  local missing=() tool
  for tool in debootstrap:debootstrap ip:iproute2 zstd:zstd; do command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}"); done
  if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null ||
      { echo "real-cloud: packages can't be fetched just now: ${missing[*]}" >&2; exit 75; }
  fi
}

# The mirrors this machine itself uses; none is written down here.
mirror() {
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
    awk -v end="/$1/?\$" '!found && ($1 == "URIs:" || $1 == "deb") { for (i = 2; i <= NF; i++) if ($i ~ end) { print $i; found = 1 } }'
}

mount_root() {
  local name
  mounted() { mountpoint -q "$ROOT/$1"; }
  mounted proc || mount -t proc proc "$ROOT/proc"
  mounted sys || mount -t sysfs sysfs "$ROOT/sys"
  for name in dev dev/pts dev/shm; do mounted "$name" || mount --bind "/$name" "$ROOT/$name"; done
  [ -e "/run/netns/$NETNS" ] || ip netns add "$NETNS"
  ip -n "$NETNS" link set lo up
}

CLEAN=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 PYTHONWARNINGS=ignore)
outside() { chroot "$ROOT" "${CLEAN[@]}" "$@"; }                                  # inside the root, the host's network
inside() { ip netns exec "$NETNS" chroot "$ROOT" "${CLEAN[@]}" "$@"; }            # inside the root, the cloud's network

install_packages() {
  [ -e "$DIR/installed" ] && return
  local main security
  main=${MIRROR:-$(mirror debian)} security=${SECURITY_MIRROR:-$(mirror debian-security)}
  [ -n "$main" ] || fail "no Debian mirror in this machine's apt sources. Set MIRROR (and SECURITY_MIRROR) to one."
  mkdir -p "$DIR"
  if [ ! -e "$ROOT/etc/debian_version" ]; then
    say "making a Debian $SUITE root"
    debootstrap --variant=minbase --include=ca-certificates "$SUITE" "$ROOT" "$main" >"$DIR/debootstrap.log" ||
      { tail -3 "$DIR/debootstrap.log" >&2; rm -rf "$ROOT"; echo "real-cloud: packages can't be fetched just now" >&2; exit 75; }
  fi
  { echo "deb $main $SUITE main"; echo "deb $main $SUITE-updates main"
    [ -z "$security" ] || echo "deb $security $SUITE-security main"; } >"$ROOT/etc/apt/sources.list"
  printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d" && chmod 755 "$ROOT/usr/sbin/policy-rc.d"  # packages start nothing
  printf 'force-unsafe-io\npath-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\n' >"$ROOT/etc/dpkg/dpkg.cfg.d/real-cloud"
  printf 'APT::Install-Recommends "false";\nAcquire::Languages "none";\n' >"$ROOT/etc/apt/apt.conf.d/99real-cloud"
  cp /etc/resolv.conf "$ROOT/etc/resolv.conf"
  printf '127.0.0.1 localhost %s\n' "$(hostname)" >"$ROOT/etc/hosts"
  mount_root
  say "installing OpenStack 2025.1"
  outside debconf-set-selections <<'X'
keystone keystone/configure_db boolean false
keystone keystone/create-admin-tenant boolean false
keystone keystone/register-endpoint boolean false
glance-common glance/configure_db boolean false
glance-api glance/register-endpoint boolean false
X
  # shellcheck disable=SC2086
  { outside apt-get update -q && outside env DEBIAN_FRONTEND=noninteractive apt-get install -y -q $PACKAGES; } >"$DIR/apt.log" 2>&1 ||
    { tail -5 "$DIR/apt.log" >&2; echo "real-cloud: packages can't be fetched just now" >&2; exit 75; }
  outside apt-get clean
  touch "$DIR/installed"
}

alive() { [ -e "$DIR/run/$1" ] && kill -0 "$(cat "$DIR/run/$1")" 2>/dev/null; }
start() { # NAME CMD…: a session of its own, its pid in run/NAME
  local name=$1; shift
  alive "$name" && return
  mkdir -p "$DIR/run"
  setsid ip netns exec "$NETNS" chroot "$ROOT" "${CLEAN[@]}" "$@" >"$ROOT$STATE/log/$name.out" 2>&1 </dev/null &
  echo $! >"$DIR/run/$name"
}
wait_for() { # NAME PORT
  local i
  for i in $(seq 300); do
    alive "$1" || { tail -5 "$ROOT$STATE/log/$1.out" >&2; fail "$1 died; its log is $ROOT$STATE/log/$1.out"; }
    ip netns exec "$NETNS" bash -c "exec 3<>/dev/tcp/127.0.0.1/$2" 2>/dev/null && return
    sleep 0.1
  done
  fail "$1 did not answer on port $2 within 30 s"
}
start_keystone() {
  # Content-Length removed and the connection closed: else uwsgi's HTTP socket leaves clients waiting
  start keystone env OS_KEYSTONE_CONFIG_DIR=$STATE/conf OS_KEYSTONE_CONFIG_FILES=keystone.conf \
    uwsgi --plugin python3 --http-socket 127.0.0.1:5000 --master --processes 1 --threads 8 --enable-threads --lazy-apps --need-app \
    --die-on-term --buffer-size 65535 --rem-header Content-Length --add-header 'Connection: close' --module keystone.wsgi.api:application
  wait_for keystone 5000
}
start_glance() { # not uwsgi: it stalls on large chunked uploads
  start glance glance-api --config-file $STATE/conf/glance-api.conf
  wait_for glance 9292
}
stop_services() {
  local name pid i
  for name in glance keystone; do
    [ -e "$DIR/run/$name" ] || continue
    pid=$(cat "$DIR/run/$name")
    pkill -TERM --session "$pid" 2>/dev/null || true
    for i in $(seq 50); do pgrep --session "$pid" >/dev/null || break; sleep 0.1; done
    pkill -KILL --session "$pid" 2>/dev/null || true
    rm -f "$DIR/run/$name"
  done
}

make_state() {
  local home=$ROOT$STATE file
  rm -rf "$home" && mkdir -p "$home"/{conf,log,lock,images,fast,staging,tasks}
  for file in "$HERE"/conf/*; do sed "s|@STATE@|$STATE|g" "$file" >"$home/conf/$(basename "$file")"; done
  local keystone=(outside keystone-manage --config-file $STATE/conf/keystone.conf)
  local glance=(outside glance-manage --config-file $STATE/conf/glance-api.conf)
  { "${keystone[@]}" db_sync
    "${keystone[@]}" fernet_setup --keystone-user root --keystone-group root
    "${keystone[@]}" credential_setup --keystone-user root --keystone-group root
    "${keystone[@]}" bootstrap --bootstrap-password secret --bootstrap-region-id RegionOne --bootstrap-admin-url http://127.0.0.1:5000/v3 \
      --bootstrap-internal-url http://127.0.0.1:5000/v3 --bootstrap-public-url http://127.0.0.1:5000/v3
    "${glance[@]}" db_sync
    "${glance[@]}" db_load_metadefs /usr/share/glance-common/metadefs
    for file in keystone glance; do outside sqlite3 "$STATE/$file.sqlite" 'PRAGMA journal_mode=WAL'; done
  } >"$DIR/init.log" 2>&1 || { tail -5 "$DIR/init.log" >&2; fail "could not make the databases"; }
}

save() { stop_services; tar -C "$ROOT/srv" -I 'zstd -3' -cf "$DIR/start-state.tar.zst" cloud; start_keystone; start_glance; }

up() {
  needs; install_packages; mount_root
  trap 'stop_services' INT TERM
  if [ ! -e "$DIR/start-state.tar.zst" ]; then
    stop_services; make_state; start_keystone
    printf 'OS_AUTH_URL=http://127.0.0.1:5000/v3\n' >/dev/null
    say "databases made; Keystone answers"
    echo unseeded
    return
  fi
  [ -e "$ROOT$STATE/conf" ] || tar -C "$ROOT/srv" -I zstd -xf "$DIR/start-state.tar.zst"
  start_keystone; start_glance
  say "Keystone and Glance answer"
}
fresh() { mount_root; stop_services; rm -rf "$ROOT$STATE"; tar -C "$ROOT/srv" -I zstd -xf "$DIR/start-state.tar.zst"; start_keystone; start_glance; }
down() {
  local name
  stop_services
  for name in dev/shm dev/pts dev sys proc; do ! mountpoint -q "$ROOT/$name" || umount "$ROOT/$name"; done
  [ ! -e "/run/netns/$NETNS" ] || ip netns del "$NETNS"
}
status() { local name; for name in keystone glance; do alive "$name" && echo "$name: running (pid $(cat "$DIR/run/$name"))" || echo "$name: stopped"; done; }

case "${1:-}" in
  up | fresh | down | status | save) "$1" ;;
  start-glance) start_glance ;;
  exec) shift; exec ip netns exec "$NETNS" chroot "$ROOT" "${CLEAN[@]}" "$@" ;;
  *) sed -n '2,14p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'; exit 2 ;;
esac
