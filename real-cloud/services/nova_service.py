"""All of nova in one process: API, conductor, scheduler and a compute service for every host of hosts.json. No message broker.

    nova_service.py NOVA.CONF SETTINGS.CONF     the latter over the former, read anew by every fork
"""
import worker
import sys

import nova.api.openstack.compute.routes  # noqa: F401  imported before the fork, not after
import nova.compute.manager
import nova.conductor.manager  # noqa: F401
import nova.conf
import nova.scheduler.manager  # noqa: F401
import oslo_messaging._drivers.impl_fake  # noqa: F401
import pymysql  # noqa: F401
from nova import config, context, objects, service
from nova.compute import rpcapi
from nova.objects import host_mapping
from oslo_log import log as logging

import lab_compute

CONF = nova.conf.CONF
# it compares with a file that fake computes do not write
nova.compute.manager.ComputeManager._ensure_existing_node_identity = lambda self, service_ref: None
sys.modules['nova.virt.lab_compute'] = lab_compute   # drivers are looked up there only
objects.register_all()


def start(binary, topic, host):
    CONF.set_override('host', host)
    service.Service.create(binary=binary, topic=topic, host=host, periodic_enable=True).start()


def serve():
    config.parse_args(['nova', *(f'--config-file={name}' for name in sys.argv[1:])])
    logging.setup(CONF, 'nova')
    start('nova-conductor', 'conductor', 'cloud')
    start('nova-scheduler', 'scheduler', 'cloud')
    for host in lab_compute.HOSTS:
        start('nova-compute', rpcapi.RPC_TOPIC, host)
    CONF.clear_override('host')
    host_mapping.discover_hosts(context.get_admin_context())   # the scheduler's own discovery is off by default
    api = service.WSGIService('osapi_compute')
    api.start()
    api.wait()


worker.forever(serve)
