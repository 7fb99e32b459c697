"""How long the real clients take, in milliseconds: started anew, and forked from a process that has imported them.

  real-commands.py RUNS COMMANDS    COMMANDS is a JSON list of lists of words; prints {"started": [...], "forked": [...]}
"""
import importlib, json, os, pkgutil, statistics, subprocess, sys, time

runs, commands = int(sys.argv[1]), json.loads(sys.argv[2])
nothing = open(os.devnull, 'r+')


def started(words):
    subprocess.run(words, stdin=nothing, stdout=nothing, check=True)


def forked(words):
    child = os.fork()
    if child == 0:
        for number in (0, 1):
            os.dup2(nothing.fileno(), number)
        sys.argv = words
        shell = sys.modules['openstackclient.shell' if words[0] == 'openstack' else 'glanceclient.shell']
        try:
            code = shell.main(words[1:]) if words[0] == 'openstack' else shell.main()
        except SystemExit as end:
            code = end.code
        os._exit(code or 0)
    if os.waitpid(child, 0)[1] != 0:
        raise RuntimeError(words)


def measure(way, words):
    times = []
    for run in range(runs + 1):
        start = time.perf_counter()
        way(words)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


sys.argv = ['openstack']
result = {'started': [measure(started, words) for words in commands]}
import glanceclient.shell, openstackclient.shell
import cliff.formatters.table, keystoneauth1.loading, openstack.identity.v3._proxy, openstack.image.v2._proxy
for package in ('openstackclient.image.v2', 'openstackclient.identity.v3', 'glanceclient.v2'):
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        importlib.import_module(f'{package}.{module.name}')
result['forked'] = [measure(forked, words) for words in commands]
print(json.dumps(result))
