"""All of Swift in one process: proxy, account, container and object server on one folder, and the updater of the accounts' totals.

    swift_service.py SWIFT-PROXY.CONF PORT DEVICES
"""
import worker
import sys

import eventlet
from eventlet import wsgi
from swift.account.server import AccountController
from swift.common.utils import NullLogger, get_logger, set_swift_dir
from swift.common.wsgi import SwiftHttpProtocol, appconfig, loadapp
from swift.container.server import ContainerController
from swift.container.updater import ContainerUpdater
from swift.obj.server import ObjectController

CONF, PORT, DEVICES = sys.argv[1], int(sys.argv[2]), sys.argv[3]
UPDATE_SECONDS = 0.5   # 300 by default: nobody waits that long for the totals of an account


def listen(port, app):
    eventlet.spawn(wsgi.server, eventlet.listen(('127.0.0.1', port)), app, NullLogger(), protocol=SwiftHttpProtocol,
                   capitalize_response_headers=False)


def serve():
    folder = appconfig(CONF, name='proxy-server')['swift_dir']
    set_swift_dir(folder)
    storage = {'devices': DEVICES, 'mount_check': 'false', 'swift_dir': folder, 'fallocate_reserve': '0', 'account_suppression_time': '0'}
    logger = get_logger({'log_level': 'WARNING'}, log_to_console=True)
    listen(6202, AccountController(storage, logger))
    listen(6201, ContainerController(storage, logger))
    listen(6200, ObjectController(storage, logger))
    listen(PORT, loadapp(CONF))
    updater = ContainerUpdater(storage, logger)
    while True:
        eventlet.sleep(UPDATE_SECONDS)
        for path in updater.get_paths():
            updater.container_sweep(path)


worker.forever(serve)
