"""Runs a service that can go back to its beginning at once: everything is imported here, the service itself is a fork.

Kill the fork (SIGKILL) and another takes its place, with nothing in memory but what is imported.
"""
import eventlet

eventlet.monkey_patch()

import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import warnings  # noqa: E402

from eventlet import patcher  # noqa: E402

warnings.simplefilter('ignore')
waitpid = patcher.original('os').waitpid   # eventlet's own starts a hub, which the forks would share


def forever(serve):
    while True:
        child = os.fork()
        if child == 0:
            serve()
            os._exit(1)   # it was to go on
        _, status = waitpid(child, 0)
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            sys.exit(f'the service ended with status {status}')
