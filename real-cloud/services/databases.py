"""The services' databases in MariaDB, and what they held in the start state.

    databases.py SOCKET save       keeps what they hold
    databases.py SOCKET changed    prints the databases that hold something else now
    databases.py SOCKET restore    puts back what was kept, and touches nothing that has not changed
"""
import sys

import pymysql

DATABASES = ('keystone', 'glance', 'nova_api', 'nova_cell0', 'nova_cell1', 'placement', 'neutron', 'cinder', 'barbican', 'manila', 'magnum')
START = 'start'   # one database: what is kept, and a list of all tables
# The services write here all the time. What a command changes in the first ones is in these columns; the last one is nova's own.
HEARTBEATS = {
    'nova_cell1.services': ('disabled', 'disabled_reason', 'forced_down'),
    'cinder.services': ('disabled', 'disabled_reason', 'frozen', 'active_backend_id', 'replication_status'),
    'manila.services': ('disabled', 'disabled_reason', 'ensuring'),
    'nova_cell1.compute_nodes': (),
}

# All that counts in others: not the day of the last login.
PARTS = {
    'keystone.user': ('id', 'extra', 'enabled', 'default_project_id', 'created_at', 'domain_id'),
}

connection = pymysql.connect(unix_socket=sys.argv[1], user='root', autocommit=True)


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def quoted(table):
    return '.'.join(f'`{part}`' for part in table.split('.'))


def kept(table):
    return f'`{START}`.`{table}`'


def state_of_tables():
    """By table: a checksum of its rows, and the number that the next row gets."""
    numbers = dict(ask(f"""select concat(table_schema, '.', table_name), auto_increment from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema in {DATABASES}"""))
    sums = {}
    for table, columns in (HEARTBEATS | PARTS).items():
        if columns:
            sums[table] = str(ask(f"select {', '.join(columns)} from {quoted(table)} order by id"))
    others = [table for table in numbers if table not in sums and table not in HEARTBEATS]
    sums.update((table, str(total)) for table, total in ask('checksum table ' + ', '.join(map(quoted, others))))
    return {table: (total, None if table in HEARTBEATS else numbers[table]) for table, total in sums.items()}


def save():
    ask(f'drop database if exists `{START}`')
    ask(f'create database `{START}`')
    state = state_of_tables()
    for table in [*state, *HEARTBEATS]:
        if ask(f'select exists (select * from {quoted(table)})')[0][0]:
            ask(f'create table if not exists {kept(table)} select * from {quoted(table)}')
    ask(f'create table {kept("tables")} (name varchar(200), total text, number bigint)')
    with connection.cursor() as cursor:
        cursor.executemany(f'insert into {kept("tables")} values (%s, %s, %s)', [(name, *rest) for name, rest in state.items()])


def changed_tables():
    before = {name: (total, number) for name, total, number in ask(f'select * from {kept("tables")}')}
    return {name: before[name][1] for name, now in state_of_tables().items() if now != before[name]}


def restore():
    changed = changed_tables()
    if any(name.startswith('nova_') for name in changed):
        changed['nova_cell1.compute_nodes'] = None
    full = {name for name, in ask(f"select table_name from information_schema.tables where table_schema = '{START}'")}
    ask('set foreign_key_checks = 0')
    for table, number in changed.items():
        if table in HEARTBEATS and HEARTBEATS[table]:
            columns = ', '.join(f'now.{column} = then.{column}' for column in HEARTBEATS[table])
            ask(f'update {quoted(table)} now join {kept(table)} `then` using (id) set {columns.replace("then.", "`then`.")}')
            continue
        ask(f'delete from {quoted(table)}')
        if table in full:
            database, name = table.split('.')
            columns = ', '.join(f'`{column}`' for column, in ask(f"""select column_name from information_schema.columns
                where table_schema = '{database}' and table_name = '{name}' and is_generated = 'NEVER'"""))
            ask(f'insert into {quoted(table)} ({columns}) select {columns} from {kept(table)}')
        if number is not None:
            ask(f'alter table {quoted(table)} auto_increment = {number}')


def changed():
    print(*sorted({name.split('.')[0] for name in changed_tables()}))


{'save': save, 'changed': changed, 'restore': restore}[sys.argv[2]]()
