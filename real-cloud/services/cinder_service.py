"""All of cinder in one process: API, scheduler and volume service. No message broker.

    cinder_service.py CINDER.CONF
"""
import worker
import sys

import eventlet
import pymysql  # noqa: F401  imported before the fork, not after
from cinder import coordination, objects, rpc, service, version  # noqa: F401
from cinder.common import config
from oslo_config import cfg
from oslo_log import log as logging
from oslo_privsep import priv_context  # noqa: F401

CONF = cfg.CONF
objects.register_all()
import lab_volume  # noqa: E402, F401  needs the objects
report_state = service.Service.report_state


def report_own_state(self):
    # an attribute of the class: of two services in one process one would never report
    service.Service.service_id = self.origin_service_id
    return report_state(self)


service.Service.report_state = report_own_state


def start(**which):
    service.Service.create(**which).start()


def serve():
    logging.register_options(CONF)
    CONF(['--config-file', sys.argv[1]], project='cinder', version=version.version_string())
    config.set_middleware_defaults()
    logging.setup(CONF, 'cinder')
    rpc.init(CONF)
    eventlet.spawn(start, binary='cinder-scheduler')   # it sleeps before it starts
    for backend in CONF.enabled_backends:
        start(binary='cinder-volume', host=f'{CONF.host}@{backend}', service_name=backend, coordination=True)
    service.WSGIService('osapi_volume').start()
    while True:
        eventlet.sleep(3600)


worker.forever(serve)
