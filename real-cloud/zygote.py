"""The real clients without their start-up: imports them once, then forks for every command.

  zygote.py serve SOCKET            waits for commands
  zygote.py SOCKET openstack ARG…   runs one, on this process's own standard streams, folder and environment

What runs is the same console entry point as in /usr/bin; only the importing is done beforehand, and where a client
waits for the cloud (--wait) it asks again after half a second and not after five.
"""
import json, os, socket, sys, time


def serve(path):
    import importlib, pkgutil
    sys.argv[0] = 'openstack'   # cliff takes the program's name from here when it is imported
    import glanceclient.shell, openstackclient.shell, swiftclient.shell
    import cliff.formatters.table, keystoneauth1.loading, openstack.identity.v3._proxy, openstack.image.v2._proxy
    import cinderclient.v3.client, magnumclient.v1.client, manilaclient.v2.client, openstack.block_storage.v3._proxy, openstack.compute.v2._proxy, openstack.network.v2._proxy
    for package in ('openstackclient.image.v2', 'openstackclient.identity.v3', 'openstackclient.compute.v2', 'openstackclient.network.v2',
                    'openstackclient.volume.v3', 'openstackclient.object.v1', 'glanceclient.v2', 'barbicanclient.barbican_cli.v1', 'manilaclient.osc.v2', 'magnumclient.osc.v1'):
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            importlib.import_module(f'{package}.{module.name}')
    warm()
    import signal
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run(connection)
        connection.close()


def warm():
    """Fills the caches that every command would fill again: which plugins and packages there are."""
    import cliff.command, stevedore._cache
    cliff.command._get_distributions_by_modules()
    for group in ('cliff.formatter.list', 'cliff.formatter.show', 'keystoneauth1.plugin', 'openstack.cli', 'openstack.cli.extension',
                  'openstack.common', 'openstack.identity.v3', 'openstack.image.v2', 'openstack.compute.v2', 'openstack.network.v2',
                  'openstack.volume.v3', 'openstack.object_store.v1', 'openstack.key_manager.v1', 'openstack.share.v2', 'openstack.container_infra.v1'):
        for entry in stevedore._cache.get_group_all(group):
            try:
                entry.load()
            except ImportError:   # a plugin with a dependency that is not here: the client skips it too
                pass


def run(connection):
    message, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    command = json.loads(message)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))   # as Python itself chooses when it starts
    os.chdir(command['cwd'])
    os.environ.clear()
    os.environ.update(command['env'])
    sys.argv = command['argv']
    sleep = time.sleep
    time.sleep = lambda seconds: sleep(min(seconds, 0.5))
    try:
        code = {
            'openstack': lambda: sys.modules['openstackclient.shell'].main(sys.argv[1:]),
            'glance': lambda: sys.modules['glanceclient.shell'].main(),
            'swift': lambda: sys.modules['swiftclient.shell'].main(sys.argv),
        }[sys.argv[0]]()
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
            code = 1
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    code = code or 0
    connection.sendall(bytes([code & 255]))
    os._exit(code & 255)


def ask(path, argv):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    message = json.dumps({'argv': argv, 'cwd': os.getcwd(), 'env': dict(os.environ)}).encode()
    socket.send_fds(connection, [message], [0, 1, 2])
    answer = connection.recv(1)
    sys.exit(answer[0] if answer else 1)


if sys.argv[1] == 'serve':
    serve(sys.argv[2])
else:
    ask(sys.argv[1], sys.argv[2:])
