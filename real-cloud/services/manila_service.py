"""All of manila in one process: API, scheduler and share service. No message broker.

    manila_service.py MANILA.CONF
"""
import worker
import sys

import eventlet
import manila.tests.share.drivers.dummy  # noqa: F401  imported before the fork, not after
import pymysql  # noqa: F401
from manila import rpc, service, utils, version
from manila.api.v2 import router  # noqa: F401
from manila.common import config
from oslo_config import cfg
from oslo_log import log as logging

CONF = cfg.CONF


def start(**which):
    started = service.Service.create(**which)
    started.start()
    # the last sign of life may be old; the first report says that it was, the second that it is over
    started.report_state()
    started.report_state()


def serve():
    logging.register_options(CONF)
    CONF(['--config-file', sys.argv[1]], project='manila', version=version.version_string())
    config.verify_share_protocols()
    config.set_lib_defaults()
    logging.setup(CONF, 'manila')
    utils.monkey_patch()
    rpc.init(CONF)
    start(binary='manila-scheduler')
    for backend in CONF.enabled_share_backends:
        start(binary='manila-share', host=f'{CONF.host}@{backend}', service_name=backend, coordination=True)
    service.WSGIService('osapi_share').start()
    while True:
        eventlet.sleep(3600)


worker.forever(serve)
