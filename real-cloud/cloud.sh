#!/usr/bin/env bash
# A real OpenStack 2025.1 (SERVICES in services.sh), and the real clients, on loopback: Debian 13 packages in a root of their own
# (chroot), a network namespace and a mount namespace of their own. Nothing of the machine is touched, no port is taken,
# and what is mounted ends with the processes that use it.
#
#   cloud.sh install          the packages
#   cloud.sh installed        whether they are there: prints yes or no
#   cloud.sh up               install (first time), make or restore the start state, start, wait until both answer
#   cloud.sh fresh [SECTION.OPTION=VALUE…]   back to the start state, running; nova with these settings and no others
#   cloud.sh rest             start what does not run yet (after Keystone is seeded)
#   cloud.sh save             keep the present state as the start state (after seeding)
#   cloud.sh down             end everything that runs in there, remove the namespaces; the root stays for the next time
#   cloud.sh status           what runs
#   cloud.sh add PACKAGE…     more Debian packages in there
#   cloud.sh source PACKAGE FOLDER PATH   what lies at PATH in the package's source, as it came from its makers, in a folder in there
#   cloud.sh exec CMD…        run a command inside, with the cloud's network
#   cloud.sh needs            whether this machine can do it
#   cloud.sh chroot CMD…      run a command inside, with this machine's network
#   cloud.sh net CMD…         run a command of this machine with the cloud's network
#
# REAL_CLOUD_DIR  where everything lives (about 1.2 GB); hosts.json in it says what compute hosts there are
#        MIRROR, SECURITY_MIRROR  Debian mirrors
# LEARNER_HOME    the folder that `exec` shows as /home/learner
#
# Exit code 75: packages can't be fetched just now. 77: this machine can't do it (not root, not Debian).
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DEFAULT_DIR=/var/tmp/learn-openstack-real-cloud
DIR=${REAL_CLOUD_DIR:-$DEFAULT_DIR}
ROOT=$DIR/root STATE=/srv/cloud START=/srv/start-state SUITE=trixie NETNS=learn-openstack
# a cloud elsewhere has a network of its own
[ "$DIR" = "$DEFAULT_DIR" ] || NETNS=learn-openstack-$(printf %s "$DIR" | cksum | cut -d' ' -f1)
PACKAGES="keystone glance-api placement-common nova-common neutron-common cinder-common barbican-common manila-common magnum-common python3-swift
  mariadb-server-core mariadb-client-core uwsgi-core uwsgi-plugin-python3
  python3-openstackclient python3-glanceclient python3-barbicanclient python3-swiftclient python3-manilaclient python3-magnumclient
  qemu-utils jq file curl openssl procps iproute2 ca-certificates"
RECIPE="6 $PACKAGES" # what is installed; another number installs it anew

fail() { printf 'real-cloud: %s\n' "$*" >&2; exit 1; }
cannot() { printf 'real-cloud: %s\n' "$*" >&2; exit 77; }
no_packages() { printf 'real-cloud: packages can'\''t be fetched just now: %s\n' "$*" >&2; exit 75; }
say() { printf '[%4ds] %s\n' "$SECONDS" "$*" >&2; }

needs() {
  [ "$(id -u)" = 0 ] || cannot "needs root (it makes a chroot and a network namespace). Or use a cloud you have: replay --os-cloud NAME."
  command -v apt-get >/dev/null || cannot "needs Debian or Ubuntu on this machine. Elsewhere use a cloud you have: replay --os-cloud NAME."
  mkdir -p "$DIR"
  command -v ip >/dev/null || fetch iproute2
}

fetch() { # PACKAGE…: onto this machine
  say "installing $*"
  { timeout 120 apt-get update -q && DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -q --no-install-recommends "$@"; } \
    >>"$DIR/apt.log" 2>&1 </dev/null || no_packages "$*"
}

# The mirrors this machine itself uses; none is written down here.
mirror() {
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
    awk -v end="/$1/?\$" '!found && ($1 == "URIs:" || $1 == "deb") { for (i = 2; i <= NF; i++) if ($i ~ end) { print $i; found = 1 } }'
}

# Everything below runs in a mount namespace of its own, made here; the network namespace must be there before.
enter_namespace() {
  [ "${REAL_CLOUD_NAMESPACE:-}" != "$DIR" ] || return 0
  if [ "$1" != chroot ]; then
    [ -e "/run/netns/$NETNS" ] || ip netns add "$NETNS"
    ip -n "$NETNS" link set lo up
  fi
  REAL_CLOUD_NAMESPACE=$DIR exec unshare --mount --propagation slave "$HERE/cloud.sh" "$@"
}
mount_root() {
  mount -t proc proc "$ROOT/proc"
  mount --rbind /dev "$ROOT/dev"
  if [ -n "${LEARNER_HOME:-}" ]; then mkdir -p "$ROOT/home/learner" && mount --bind "$LEARNER_HOME" "$ROOT/home/learner"; fi
}

CLEAN=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 PYTHONWARNINGS=ignore)
inside() { ip netns exec "$NETNS" chroot "$ROOT" "${CLEAN[@]}" "$@"; }

installed() { [ "$(cat "$DIR/installed" 2>/dev/null)" = "$RECIPE" ]; }
install_packages() {
  ! installed || return 0
  local main security keys=/usr/share/keyrings/debian-archive-keyring.gpg
  main=${MIRROR:-$(mirror debian)} security=${SECURITY_MIRROR:-$(mirror debian-security)}
  [ -n "$main" ] || cannot "no Debian mirror in this machine's apt sources. Set MIRROR (and SECURITY_MIRROR) to one."
  local missing=()
  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  [ -e "$keys" ] || missing+=(debian-archive-keyring)
  [ ${#missing[@]} = 0 ] || fetch "${missing[@]}"
  stop_services
  rm -rf --one-file-system "$ROOT" "$ROOT.new" "$DIR/installed"
  say "installing OpenStack 2025.1"
  # Python compiles what is used when it is used, instead of everything now: that is half of the time
  install -d "$DIR/hook"
  printf '#!/bin/sh\n' >"$DIR/hook/nothing"
  printf '#!/bin/sh\nexit 101\n' >"$DIR/hook/policy-rc.d" # packages start nothing
  cat >"$DIR/hook/preseed" <<'X'
keystone keystone/configure_db boolean false
keystone keystone/create-admin-tenant boolean false
keystone keystone/register-endpoint boolean false
glance-common glance/configure_db boolean false
glance-api glance/register-endpoint boolean false
placement-common placement/configure_db boolean false
nova-common nova/configure_db boolean false
neutron-common neutron/configure_db boolean false
cinder-common cinder/configure_db boolean false
barbican-common barbican/configure_db boolean false
manila-common manila/configure_db boolean false
magnum-common magnum/configure_db boolean false
X
  cat >"$DIR/hook/run" <<'X'
#!/bin/sh
set -e
here=$(dirname "$0")
install -m 755 "$here/policy-rc.d" "$1/usr/sbin/policy-rc.d"
for name in py3compile py3clean; do install -m 755 "$here/nothing" "$1/usr/bin/$name"; done
chroot "$1" debconf-set-selections <"$here/preseed"
X
  chmod 755 "$DIR/hook/run"
  local excluded=() folder
  # documentation, and large data that nothing here reads
  for folder in /usr/share/{doc,man,locale}/\* /usr/bin/py3compile /usr/bin/py3clean /usr/lib/udev/hwdb.d/\* \
    /usr/lib/python3/dist-packages/{botocore/data,networkx/\*/tests}/\*; do
    excluded+=("--dpkgopt=path-exclude=$folder")
  done
  # magnum asks for these clients; nobody asked for their commands of `openstack`
  for folder in heat octavia; do excluded+=("--dpkgopt=path-exclude=/usr/lib/python3/dist-packages/python_${folder}client*/entry_points.txt"); done
  # shellcheck disable=SC2086
  timeout 900 mmdebstrap --mode=root --variant=essential --include="$(echo $PACKAGES)" --essential-hook="$DIR/hook/run" \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "2"' \
    --aptopt='Acquire::http::Timeout "20"' --aptopt='Acquire::https::Timeout "20"' \
    --dpkgopt=force-unsafe-io "${excluded[@]}" "$SUITE" "$ROOT.new" "deb $main $SUITE main" "deb $main $SUITE-updates main" \
    ${security:+"deb $security $SUITE-security main"} >"$DIR/install.log" 2>&1 </dev/null ||
    { grep -E '^(E|Err|W):' "$DIR/install.log" | head -5 >&2; rm -rf --one-file-system "$ROOT.new"; no_packages "see $DIR/install.log"; }
  printf '127.0.0.1 localhost %s\n' "$(hostname)" >"$ROOT.new/etc/hosts"
  mv "$ROOT.new" "$ROOT"
  printf '%s\n' "$RECIPE" >"$DIR/installed"
}

. "$HERE/services.sh"

# More packages, for the tests. There is no apt in there: that of this machine installs them.
add_packages() { # PACKAGE…
  local missing=() name
  for name; do [ -e "$ROOT/var/lib/dpkg/info/$name.list" ] || missing+=("$name"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  mkdir -p "$ROOT"/var/lib/apt/lists/partial "$ROOT"/var/cache/apt/archives/partial
  local apt=(timeout 300 apt-get -q -o "Dir=$ROOT" -o "Dir::State::status=$ROOT/var/lib/dpkg/status" -o "DPkg::Chroot-Directory=$ROOT"
    -o Dir::Etc::trusted=/usr/share/keyrings/debian-archive-keyring.gpg -o APT::Sandbox::User=root
    -o APT::Install-Recommends=false -o Acquire::Languages=none)
  { "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y "${missing[@]}"; } \
    >"$DIR/add.log" 2>&1 </dev/null || no_packages "see $DIR/add.log"
  rm -f "$ROOT"/var/cache/apt/archives/*.deb
}

add_source() { # PACKAGE FOLDER PATH
  [ ! -e "$ROOT$2/$3" ] || return 0
  say "fetching the source of $1"
  local place=$DIR/source
  rm -rf "$place" && mkdir -p "$place"/{lists,parts,archives}
  sed -n '1s/^deb /deb-src /p' "$ROOT/etc/apt/sources.list" >"$place/list"
  local apt=(timeout 200 apt-get -q -o "Dir::Etc::sourcelist=$place/list" -o "Dir::Etc::sourceparts=$place/parts" -o "Dir::State::lists=$place/lists"
    -o "Dir::Cache=$place" -o Dir::Etc::trusted=/usr/share/keyrings/debian-archive-keyring.gpg -o APT::Sandbox::User=root)
  { "${apt[@]}" update && (cd "$place/archives" && "${apt[@]}" source --download-only --tar-only "$1"); } >"$DIR/source.log" 2>&1 </dev/null || no_packages "see $DIR/source.log"
  mkdir -p "$ROOT$2"
  tar -C "$ROOT$2" --strip-components=1 --wildcards -xf "$place"/archives/*.orig.tar.* "*/$3"
  rm -rf "$place"
}

save() {
  local name
  mount_root
  rm -rf "$ROOT$START" "$ROOT$START.new" && mkdir -p "$ROOT$START.new"/{log,lock}
  for name in conf services fernet credential nova neutron cinder manila "${FILES[@]}" made-from; do cp -a "$ROOT$STATE/$name" "$ROOT$START.new/"; done
  databases save
  mv "$ROOT$START.new" "$ROOT$START"
}
FILES=(images fast staging tasks cinder/mnt swift) # what the services keep in files

# A cloud that is not there yet begins with Keystone, which the others ask for their places: seed.ts fills it, then `rest` starts them.
up() {
  install_packages; mount_root
  local from
  from=$(cat "$HERE"/conf/* "$HERE"/services/* "$HERE/seed.ts" "$HERE/services.sh" "$HERE"/../src/cloud/states/{people,compute,network,share}.ts "$DIR/hosts.json" | cksum)
  if [ "$(cat "$ROOT$START/made-from" 2>/dev/null)" != "$from" ]; then
    stop_services; rm -rf "$ROOT$START"; say "making the databases"; make_state; echo "$from" >"$ROOT$STATE/made-from"; start_services keystone
    say "Keystone answers"
    echo unseeded
    return
  fi
  [ -e "$ROOT$STATE/conf" ] || cp -a "$ROOT$START" "$ROOT$STATE"
  rest
}
rest() { # the services that do not run yet
  # shellcheck disable=SC2086
  start_services $SERVICES
  say "all services answer"
}

# While the services run, their databases get the start state's contents, which takes no restart; but nova remembers its servers and settings.
fresh() { # SECTION.OPTION=VALUE…
  local name changed stored again= settings=$ROOT$STATE/conf/nova-settings.conf
  mount_root
  for name in $SERVICES; do
    alive "$name" && continue
    stop_services; rm -rf "$ROOT$STATE"; cp -a "$ROOT$START" "$ROOT$STATE"
    settings "$@" >"$settings"
    start_services mariadb; databases restore; rest
    return
  done
  changed=$(databases changed)
  settings "$@" | cmp -s - "$settings" || { settings "$@" >"$settings"; changed+=" nova"; }
  stored=$(ls -A "$ROOT$STATE/swift/disk")
  # what is in memory
  case $changed in *nova* | *placement*) again+=" nova" ;; esac
  [ -z "$stored" ] || again+=" swift"
  for name in $again; do halt "$name"; done
  [ -z "$changed" ] || databases restore
  # its cache: another worker from the same master
  case $changed in *keystone*) pkill -KILL --parent "$(cat "$DIR/run/keystone")" || true ;; esac
  for name in "${FILES[@]}"; do
    find "$ROOT$STATE/$name" -mindepth 1 -delete
    cp -a "$ROOT$START/$name/." "$ROOT$STATE/$name/"
  done
  for name in $again; do anew "$name"; done
}
# What still goes on in a service (see worker.py) must not write any more; another fork begins when its data are ready.
halt() { pkill -STOP --session "$(cat "$DIR/run/$1")"; pkill -KILL --parent "$(cat "$DIR/run/$1")"; }
anew() { pkill -CONT --session "$(cat "$DIR/run/$1")"; wait_for "$1"; }
settings() { local each; for each; do printf '[%s]\n%s\n' "${each%%.*}" "${each#*.}"; done; }

# Whatever runs in the cloud's network or root, by pid, however it came there.
inhabitants() {
  local process
  ! [ -e "/run/netns/$NETNS" ] || ip netns pids "$NETNS"
  for process in /proc/[0-9]*; do [ "$(readlink "$process/root" 2>/dev/null)" != "$ROOT" ] || echo "${process##*/}"; done
}
down() {
  local i place
  stop_services
  for i in $(seq 20); do
    # shellcheck disable=SC2046
    set -- $(inhabitants | sort -un)
    [ $# -gt 0 ] || break
    [ "$i" -lt 10 ] && kill -TERM "$@" 2>/dev/null || kill -KILL "$@" 2>/dev/null || true
    sleep 0.2
  done
  awk -v top="$DIR/" 'index($2, top) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r place; do umount "$place"; done
  [ ! -e "/run/netns/$NETNS" ] || ip netns del "$NETNS"
  rm -rf --one-file-system "$ROOT.new"
}
status() { local name; for name in $SERVICES; do alive "$name" && echo "$name: running (pid $(cat "$DIR/run/$name"))" || echo "$name: stopped"; done; }

case "${1:-}" in
  needs) needs ;;
  installed) installed && echo yes || echo no ;;
  install) needs; enter_namespace "$@"; install_packages ;;
  up) needs; enter_namespace "$@"; up ;;
  fresh | save) enter_namespace "$@"; "$@" ;;
  rest) enter_namespace "$@"; mount_root; rest ;;
  down | status) "$1" ;;
  exec) enter_namespace "$@"; mount_root; shift; exec ip netns exec "$NETNS" chroot "$ROOT" "${CLEAN[@]}" "$@" ;;
  add) enter_namespace "$@"; mount_root; shift; add_packages "$@" ;;
  source) needs; shift; add_source "$@" ;;
  chroot) enter_namespace "$@"; mount_root; shift; exec chroot "$ROOT" "${CLEAN[@]}" "$@" ;;
  net) shift; exec ip netns exec "$NETNS" "$@" ;;
  *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
