"""Writes what the embedded Compute service knows about nova, from nova itself.

    python3 export-nova.py image-meta-props > ../src/cloud/compute/objects/image-meta-props.json
    python3 export-nova.py scheduler-options > ../src/cloud/compute/scheduler/options.json
    python3 export-nova.py traits > ../src/cloud/compute/scheduler/traits.json

Needs the packages python3-nova and python3-os-traits.
"""

import inspect
import json
import re
import sys
from importlib import metadata

PROBE = 'no such value'


def versions():
    return {'nova': metadata.version('nova')}


def constants(*functions):
    """Every text that is written in the functions: among them are the spellings they understand."""
    found = set()
    for function in functions:
        found.update(re.findall(r"""['"]([\w.-]+)['"]""", inspect.getsource(function)))
    return found


def accepts(kind, value):
    try:
        return kind.coerce(None, 'probe', value)
    except Exception:
        return None


def describe_enum(kind):
    """What an enumeration accepts, found out by asking it."""
    cls = type(kind)
    tries = constants(cls.coerce, *([cls.canonicalize] if hasattr(cls, 'canonicalize') else []))
    tries.update(getattr(cls, 'LEGACY_VALUES', {}))
    spellings = {
        spelling: accepts(kind, spelling)
        for spelling in sorted(tries)
        if spelling not in cls.ALL and accepts(kind, spelling) is not None
    }
    # nova lower-cases what it gets in some enumerations only
    lowercased = any(value.upper() != value and accepts(kind, value.upper()) == value for value in cls.ALL)
    try:
        kind.coerce(None, 'probe', PROBE)
    except ValueError as error:
        message = str(error).replace(PROBE, '%s')
    return {
        'values': list(cls.ALL),
        'spellings': spellings,
        'lowercased': lowercased,
        'error': message,
    }


def image_meta_props():
    from nova.objects import image_meta
    from oslo_versionedobjects import fields as base

    props = image_meta.ImageMetaProps
    legacy = props._legacy_property_map
    types, fields = {}, []
    for name, field in props.fields.items():
        kind = field._type
        type_name = type(field).__name__.removesuffix('Field')
        if isinstance(kind, base.Enum):
            type_name = type(kind).__name__
            types[type_name] = describe_enum(kind)
        fields.append({
            'name': name,
            'type': type_name,
            'legacy_names': [old for old, new in legacy.items() if new == name],
        })
    return {
        'source': 'nova.objects.image_meta.ImageMetaProps',
        **versions(),
        'object_version': props.VERSION,
        'numa_nodes_max': props.NUMA_NODES_MAX,
        'legacy_property_map': legacy,
        'types': types,
        'fields': fields,
    }


def scheduler_options():
    import nova.conf
    from oslo_config import types

    nova.conf.CONF([], project='nova', default_config_files=[])
    kinds = {types.Integer: 'integer', types.Float: 'float', types.Boolean: 'boolean', types.List: 'list'}
    options = {}
    for group in ('filter_scheduler', 'scheduler', 'metrics'):
        for name, info in nova.conf.CONF._groups[group]._opts.items():
            opt = info['opt']
            option = {'type': 'multi' if opt.multi else kinds.get(type(opt.type), 'string'), 'default': opt.default}
            for limit in ('min', 'max'):
                if getattr(opt.type, limit, None) is not None:
                    option[limit] = getattr(opt.type, limit)
            if getattr(opt.type, 'choices', None):
                option['choices'] = list(opt.type.choices)
            options[f'{group}.{name}'] = option
    return {'source': 'nova.conf.scheduler', **versions(), 'options': options}


def traits():
    import os_traits

    return {'source': 'os_traits', 'os_traits': metadata.version('os-traits'), 'traits': sorted(os_traits.get_traits())}


EXPORTS = {'image-meta-props': image_meta_props, 'scheduler-options': scheduler_options, 'traits': traits}

if __name__ == '__main__':
    if len(sys.argv) != 2 or sys.argv[1] not in EXPORTS:
        sys.exit(f'usage: export-nova.py {{{"|".join(EXPORTS)}}}')
    print(json.dumps(EXPORTS[sys.argv[1]](), indent=2, ensure_ascii=False))
