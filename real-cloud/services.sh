# Sourced by cloud.sh: how the services start, stop, and get their databases.
SERVICES="mariadb keystone glance placement neutron nova cinder barbican swift manila magnum" # in this order
declare -A PORT=([mariadb]=3306 [keystone]=5000 [glance]=9292 [placement]=8778 [neutron]=9696 [nova]=8774 [cinder]=8776
  [barbican]=9311 [swift]=8080 [manila]=8786 [magnum]=9511)
MYSQL_SOCKET=/srv/mysql/socket
# in MariaDB, because neutron and manila cannot be on SQLite, and what runs at the same time as others locks itself out there
DATABASES="keystone glance nova_api nova_cell0 nova_cell1 placement neutron cinder barbican manila magnum"

alive() { [ -e "$DIR/run/$1" ] && kill -0 "$(cat "$DIR/run/$1")" 2>/dev/null; }
start() { # NAME CMD…: a session of its own, its pid in run/NAME
  local name=$1; shift
  ! alive "$name" || return 0
  mkdir -p "$DIR/run"
  # 3: this machine's lock, which ends with whoever took it
  setsid ip netns exec "$NETNS" chroot "$ROOT" "${CLEAN[@]}" "$@" >"$ROOT$STATE/log/$name.out" 2>&1 </dev/null 3>&- &
  echo $! >"$DIR/run/$name"
}
wait_for() { # NAME
  local i
  for i in $(seq 900); do
    alive "$1" || { tail -5 "$ROOT$STATE/log/$1.out" >&2; fail "$1 died; its log is $ROOT$STATE/log/$1.out"; }
    if [ "$1" = mariadb ]; then mysql 'select 1' >/dev/null 2>&1 && return
    else inside curl -s -o /dev/null --max-time 30 "http://127.0.0.1:${PORT[$1]}/" && return; fi
    sleep 0.1
  done
  fail "$1 did not answer on port ${PORT[$1]} within 90 s"
}
mysql() { inside mariadb --no-defaults --socket=$MYSQL_SOCKET --batch --skip-column-names -e "$1"; }
databases() { inside python3 $STATE/services/databases.py $MYSQL_SOCKET "$1"; }

# Content-Length removed and the connection closed: else uwsgi's HTTP socket leaves clients waiting
wsgi() { # NAME MODULE VARIABLE=VALUE…; a file is no module
  local name=$1 module=$2 kind=--module; shift 2
  [[ $module != /* ]] || kind=--wsgi-file
  start "$name" env "$@" uwsgi --plugin python3 --http-socket "127.0.0.1:${PORT[$name]}" --master --processes 1 --threads 8 \
    --enable-threads --need-app --die-on-term --buffer-size 65535 --rem-header Content-Length --add-header 'Connection: close' \
    --pythonpath $STATE/services $kind "$module"
}
start_mariadb() {
  start mariadb mariadbd --no-defaults --user=root --datadir=/srv/mysql --socket=$MYSQL_SOCKET --bind-address=127.0.0.1 --skip-name-resolve \
    --skip-grant-tables --max-connections=400 --innodb-flush-log-at-trx-commit=0 --skip-innodb-doublewrite --performance-schema=OFF
}
start_keystone() { wsgi keystone keystone.wsgi.api:application OS_KEYSTONE_CONFIG_DIR=$STATE/conf OS_KEYSTONE_CONFIG_FILES=keystone.conf; }
start_glance() { start glance glance-api --config-file $STATE/conf/glance-api.conf; } # not uwsgi: it stalls on large chunked uploads
start_placement() { wsgi placement placement.wsgi.api:application OS_PLACEMENT_CONFIG_DIR=$STATE/conf; }
start_neutron() { wsgi neutron neutron.wsgi.api:application OS_NEUTRON_CONFIG_DIR=$STATE/conf OS_NEUTRON_CONFIG_FILES=neutron.conf; }
start_nova() { start nova python3 $STATE/services/nova_service.py $STATE/conf/nova.conf $STATE/conf/nova-settings.conf; }
start_cinder() { start cinder python3 $STATE/services/cinder_service.py $STATE/conf/cinder.conf; }
start_barbican() { wsgi barbican /usr/bin/barbican-wsgi-api; } # reads /etc/barbican
start_magnum() { wsgi magnum /usr/bin/magnum-api-wsgi; } # the API alone: templates of clusters, but no clusters
start_swift() { start swift python3 $STATE/services/swift_service.py $STATE/conf/swift-proxy.conf "${PORT[swift]}" $STATE/swift; }
start_manila() { start manila python3 $STATE/services/manila_service.py $STATE/conf/manila.conf; }

start_services() { # NAME…: those that others need at their start come first
  local name
  for name; do
    "start_$name"
    case $name in mariadb | keystone | placement) wait_for "$name" ;; esac
  done
  for name; do wait_for "$name"; done
}
stop_services() { # the database last
  local name pid i names
  names=$(printf '%s\n' $SERVICES | tac)
  for name in $names; do
    [ ! -e "$DIR/run/$name" ] || [ "$name" = mariadb ] || pkill -TERM --session "$(cat "$DIR/run/$name")" 2>/dev/null || true
  done
  for name in $names; do
    [ -e "$DIR/run/$name" ] || continue
    pid=$(cat "$DIR/run/$name")
    [ "$name" != mariadb ] || pkill -TERM --session "$pid" 2>/dev/null || true
    for i in $(seq 50); do pgrep --session "$pid" >/dev/null || break; sleep 0.1; done
    pkill -KILL --session "$pid" 2>/dev/null || true
    rm -f "$DIR/run/$name"
  done
}

# conf/: @STATE@ is the folder of the state, @MYSQL@ the front of a database's URL, @AUTH user@ how a service logs in
render() {
  local file
  for file in "$HERE"/conf/*; do
    sed -E "s|@STATE@|$STATE|g; s|@MYSQL@|mysql+pymysql://root@127.0.0.1|
      s|^@AUTH (.*)@|auth_url=http://127.0.0.1:5000/v3\nwww_authenticate_uri=http://127.0.0.1:5000/v3\nauth_type=password\nproject_domain_name=Default\nuser_domain_name=Default\nproject_name=service\nusername=\1\npassword=secret\nregion_name=RegionOne|" \
      "$file" >"$ROOT$STATE/conf/$(basename "$file")"
  done
  : >"$ROOT$STATE/conf/nova-settings.conf" # see fresh
  cp "$HERE"/services/*.py "$DIR/hosts.json" "$ROOT$STATE/services/"
  # how neutron finds its driver
  local info=$ROOT$STATE/services/lab.dist-info
  mkdir -p "$info"
  printf 'Metadata-Version: 2.1\nName: lab\nVersion: 1\n' >"$info/METADATA"
  printf '[neutron.ml2.mechanism_drivers]\nlab = lab_network:LabDriver\n' >"$info/entry_points.txt"
}

make_keystone() {
  local manage=(inside keystone-manage --config-file $STATE/conf/keystone.conf) url=http://127.0.0.1:5000/v3
  "${manage[@]}" db_sync
  "${manage[@]}" fernet_setup --keystone-user root --keystone-group root
  "${manage[@]}" credential_setup --keystone-user root --keystone-group root
  "${manage[@]}" bootstrap --bootstrap-password secret --bootstrap-region-id RegionOne --bootstrap-admin-url $url \
    --bootstrap-internal-url $url --bootstrap-public-url $url
}
make_glance() {
  local manage=(inside glance-manage --config-file $STATE/conf/glance-api.conf)
  "${manage[@]}" db_sync
  "${manage[@]}" db_load_metadefs /usr/share/glance-common/metadefs
}
make_mariadb() {
  rm -rf "$ROOT/srv/mysql"
  inside mariadb-install-db --no-defaults --user=root --auth-root-authentication-method=normal --skip-test-db --datadir=/srv/mysql
  start_mariadb
  wait_for mariadb
  local name
  for name in $DATABASES; do mysql "create database $name character set utf8mb3"; done
}
make_nova() {
  local manage=(inside nova-manage --config-file $STATE/conf/nova.conf) url=mysql+pymysql://root@127.0.0.1
  "${manage[@]}" api_db sync
  "${manage[@]}" cell_v2 map_cell0 --database_connection $url/nova_cell0
  "${manage[@]}" cell_v2 create_cell --name cell1 --database_connection $url/nova_cell1 --transport-url fake://
  "${manage[@]}" db sync
}
make_neutron() { inside neutron-db-manage --config-file $STATE/conf/neutron.conf upgrade heads; }
make_placement() { inside placement-manage --config-file $STATE/conf/placement.conf db sync; }
make_cinder() { inside cinder-manage --config-file $STATE/conf/cinder.conf db sync; }
make_manila() { inside manila-manage --config-file $STATE/conf/manila.conf db sync; }
make_barbican() {
  ln -sf $STATE/conf/barbican.conf /usr/share/barbican-common/barbican-api-paste.ini "$ROOT/etc/barbican/" # it looks nowhere else
  inside barbican-manage --config-file $STATE/conf/barbican.conf db upgrade
}
make_magnum() {
  ln -sf $STATE/conf/magnum.conf "$ROOT/etc/magnum/" # it looks nowhere else
  inside magnum-db-manage upgrade
}
make_swift() { # rings of one device
  local ring
  for ring in account:6202 container:6201 object:6200; do
    inside env -C $STATE/conf python3 -c '
import sys
from swift.cli.ringbuilder import main
name, port = sys.argv[1].split(":")
for words in ("create 6 1 1", f"add --region 1 --zone 1 --ip 127.0.0.1 --port {port} --device disk --weight 1", "rebalance"):
    try:
        main(["swift-ring-builder", f"{name}.builder", *words.split()])
    except SystemExit as end:
        if end.code == 2:
            raise' "$ring"
  done
}

# Everything but what seed.ts makes, in as many lanes as there are usually cores.
make_state() {
  local home=$ROOT$STATE
  rm -rf "$home" && mkdir -p "$home"/{conf,log,lock,services,images,fast,staging,tasks,nova,neutron,cinder/{mnt,conversion},manila,swift/disk}
  [ -e "$ROOT/usr/sbin/mount.nfs" ] || ln -s /bin/true "$ROOT/usr/sbin/mount.nfs" # cinder's driver asks whether it is there
  render
  in_lanes mariadb
  in_lanes "nova keystone swift magnum" "neutron cinder manila glance placement barbican"
}
in_lanes() { # "NAME…"…: the databases of each, side by side
  local lane name pids=() names=("$@") i
  for lane; do
    (set -e; for name in $lane; do "make_$name"; say "database of $name"; done) >"$DIR/${lane%% *}.log" 2>&1 & pids+=($!)
  done
  for i in "${!pids[@]}"; do
    wait "${pids[$i]}" || { tail -5 "$DIR/${names[$i]%% *}.log" >&2; fail "could not make the databases"; }
  done
}
