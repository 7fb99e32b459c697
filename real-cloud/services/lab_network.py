"""Binds every port on every host: there is no agent that would say it can."""
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api


class LabDriver(api.MechanismDriver):
    def initialize(self):
        pass

    def bind_port(self, context):
        segment = context.segments_to_bind[0]
        context.set_binding(segment[api.ID], 'ovs', {portbindings.CAP_PORT_FILTER: True}, status='ACTIVE')
