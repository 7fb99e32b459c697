"""Writes what the embedded Network service knows about neutron, from neutron itself.

    curl -s -H "X-Auth-Token: $TOKEN" http://127.0.0.1:9696/v2.0/extensions |
      python3 export-neutron.py extensions > ../src/cloud/network/data/extensions.json
    python3 export-neutron.py attributes ../src/cloud/network/data/extensions.json > ../src/cloud/network/data/attributes.json
    python3 export-neutron.py policies > ../src/cloud/network/data/policies.json

Needs the package python3-neutron.
"""

import functools
import json
import re
import sys


def extensions():
    """The answer of a real Network service, by alias."""
    found = json.load(sys.stdin)['extensions']
    return sorted(found, key=lambda extension: extension['alias'])


# what the embedded service answers; the rest is not modelled, and needs no attributes
COLLECTIONS = [
    'networks', 'subnets', 'subnetpools', 'ports', 'routers', 'floatingips', 'security_groups', 'security_group_rules',
    'default_security_group_rules', 'address_groups', 'address_scopes', 'rbac_policies', 'quotas', 'agents',
    'availability_zones', 'network_ip_availabilities', 'auto_allocated_topologies', 'service_providers',
]

DROPPED = object()


def value_of(value):
    """A value as JSON; functions and sets by name."""
    from neutron_lib import constants
    if value is constants.ATTR_NOT_SPECIFIED:
        return '<not specified>'
    if isinstance(value, dict):
        return {str(key): value_of(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(value_of(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [value_of(item) for item in value]
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, functools.partial):
        return {'function': value.func.__name__, 'arguments': value_of(value.keywords)}
    if callable(value):
        name = value.__qualname__
        closed = [value_of(cell.cell_contents) for cell in (getattr(value, '__closure__', None) or [])]
        return {'function': name, 'closed': closed} if closed else {'function': name}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return {'function': type(value).__name__}


def attributes(extensions_file):
    from neutron.api import extensions as api_extensions
    from neutron_lib.api import attributes as lib
    from neutron import extensions as package
    from neutron.extensions import security_groups_default_rules
    # the standard attributes are those of the models that are there
    from neutron.db.migration.models import head  # noqa: F401

    with open(extensions_file) as file:
        aliases = {extension['alias'] for extension in json.load(file)}
    manager = api_extensions.ExtensionManager(':'.join(package.__path__))
    for alias in list(manager.extensions):
        if alias not in aliases:
            del manager.extensions[alias]
    manager.extend_resources('2.0', lib.RESOURCES)
    # this one keeps its attributes to itself
    lib.RESOURCES.update(security_groups_default_rules.RESOURCE_ATTRIBUTE_MAP)
    return {name: {attr: value_of(spec) for attr, spec in lib.RESOURCES[name].items()}
            for name in COLLECTIONS if name in lib.RESOURCES}


def policies():
    """Every rule as one text of and/or/not, roles and comparisons; named rules are written out."""
    from neutron.conf import policies as conf
    from oslo_policy import policy as oslo

    words = '|'.join(['network', 'subnet', 'subnetpool', 'port', 'router', 'floatingip', 'security_group',
                      'default_security_group', 'address_group', 'address_scope', 'rbac', 'quota', 'agent',
                      'availability_zone', 'network_ip_availability', 'auto_allocated', 'service_provider', 'tags'])
    wanted = re.compile(rf'^(create|update|get|delete|add|remove)_({words})')
    other = re.compile(r'_(segment|network_segment|metering|qos|.*port_forwarding|conntrack|log|.*-)')
    rules = {rule.name: rule.check_str for rule in conf.list_rules()}
    named = {name: text for name, text in rules.items() if not re.match(r'^(create|update|get|delete|add|remove)_', name)}
    return {
        'named': named,
        'rules': {name: text for name, text in rules.items() if wanted.match(name) and not other.search(name)},
    }


WAYS = {'extensions': extensions, 'attributes': attributes, 'policies': policies}

if __name__ == '__main__':
    name, *arguments = sys.argv[1:]
    json.dump(WAYS[name](*arguments), sys.stdout, indent=1, ensure_ascii=False)
    print()
