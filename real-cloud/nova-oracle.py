"""Decides scheduling cases with nova's own classes: one JSON object a line in, one a line out.

    python3 nova-oracle.py < cases.jsonl            # {"id", "verdict", "reason"}
    python3 nova-oracle.py --weigh < cases.jsonl    # {"id", "hosts": [[name, weight], …]}, best first
    python3 nova-oracle.py --bench < cases.jsonl    # decisions a second of nova's filters alone

`npm run --silent schedule` answers the same lines. Needs the package python3-nova; no service, no database.

To weigh, a case has "hosts" instead of "host". A case: {"id", "image": {"properties": {}} | null, "host": {…}, "flavor": {"extra_specs": {}}, "hints": {}, "group": {},
"config": {"filter_scheduler.x": …}, "filters": [names], "prefilters": [names], "aggregates": [of the whole cloud]}.
Placement is not nova's: what it would say of traits and aggregates is four lines here.
"""

import datetime
import json
import logging
import signal
import sys
import time
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter('ignore')

import nova.conf  # noqa: E402
from nova import exception, objects, servicegroup  # noqa: E402
from nova.scheduler import filters as scheduler_filters  # noqa: E402
from nova.scheduler import host_manager, request_filter, utils  # noqa: E402
from nova.scheduler import weights as scheduler_weights  # noqa: E402

objects.register_all()
CONF = nova.conf.CONF
CONF([], project='nova', default_config_files=[])

FILTERS = {cls.__name__: cls for cls in scheduler_filters.all_filters()}
NODE = {
    'uuid': '11111111-1111-1111-1111-111111111111', 'host_ip': None, 'disk_available_least': None, 'updated_at': None,
    'metrics': None, 'numa_topology': None, 'pci_device_pools': None, 'local_gb_used': 0, 'memory_mb_used': 0,
    'vcpus': 0, 'vcpus_used': 0, 'memory_mb': 0, 'free_ram_mb': 0, 'local_gb': 0, 'free_disk_gb': 0,
    'cpu_allocation_ratio': 4.0, 'ram_allocation_ratio': 1.0, 'disk_allocation_ratio': 1.0,
}


class Stop(Exception):
    def __init__(self, verdict, reason):
        self.verdict, self.reason = verdict, reason


def attempt(stage, run):
    """What nova raises in a stage becomes the verdict."""
    try:
        return run()
    except Stop:
        raise
    except Exception as error:
        kind = type(error).__name__
        if stage.startswith('invalid_'):
            raise Stop(stage, f'{kind}: {error}')
        raise Stop('crash', f'{kind} in {stage}: {error}')


def dict_of(case, name):
    value = case.get(name)
    return value if isinstance(value, dict) else {}


def list_of(case, name):
    value = case.get(name)
    return value if isinstance(value, list) else []


def make_image(case):
    image = case.get('image')
    return None if image is None else objects.ImageMeta.from_dict(image)


def make_config(case):
    for key, value in dict_of(case, 'config').items():
        group, _, name = key.rpartition('.')
        CONF.set_override(name, value, group or None)
    chosen = []
    names = case.get('filters')
    for name in ['ImagePropertiesFilter'] if names is None else names:
        if name not in FILTERS:
            raise exception.SchedulerHostFilterNotFound(filter_name=name)
        chosen.append((name, FILTERS[name]()))
    prefilters = [getattr(request_filter, name) for name in list_of(case, 'prefilters')]
    return chosen, prefilters


def make_aggregate(index, given):
    given = given if isinstance(given, dict) else {}
    uuid = given.get('uuid')
    return objects.Aggregate(
        id=index, uuid=f'aggregate-{index}' if uuid is None else uuid, metadata=given.get('metadata', {}))


def make_host(case):
    given = dict_of(case, 'host')
    node = dict(NODE)
    for field in node:
        if given.get(field) is not None:
            node[field] = given[field]
    name = given.get('host') if given.get('host') is not None else 'host'
    node['host'] = name
    hostname = given.get('hypervisor_hostname')
    node['hypervisor_hostname'] = name if hostname is None else hostname
    absent = [field for field in ('hypervisor_type', 'hypervisor_version') if given.get(field) is None]
    node['hypervisor_type'] = given.get('hypervisor_type') or ''
    node['hypervisor_version'] = 0 if 'hypervisor_version' in absent else given['hypervisor_version']
    node['supported_hv_specs'] = [
        objects.HVSpec.from_list(each) for each in (given.get('supported_instances') or [])]
    node['stats'] = given.get('stats') if given.get('stats') is not None else {}
    cpu_info = given.get('cpu_info')
    node['cpu_info'] = cpu_info if isinstance(cpu_info, str) else None
    compute = objects.ComputeNode(**node)

    nodename = given.get('nodename')
    state = host_manager.HostState(compute.host, compute.host if nodename is None else str(nodename), None)
    uuids = [each.get('uuid') if isinstance(each, dict) else each for each in list_of(given, 'instances')]
    state.update(
        compute=compute,
        aggregates=[make_aggregate(i, each) for i, each in enumerate(list_of(given, 'aggregates'))],
        inst_dict={str(uuid): objects.Instance(uuid=uuid) for uuid in uuids},
    )
    for field in absent:
        setattr(state, field, None)
    if not isinstance(cpu_info, str):
        state.cpu_info = cpu_info
    if 'service' not in given or given['service'] is not None:
        service = dict_of(given, 'service')
        seen = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(
            seconds=service.get('seconds_since_report') or 0)
        state.update(service={
            'disabled': service.get('disabled', False), 'forced_down': service.get('forced_down', False),
            'last_seen_up': seen, 'created_at': seen})
    return state


def make_spec(case, image):
    given = dict_of(case, 'flavor')
    number = {'vcpus': 1, 'memory_mb': 512, 'root_gb': 1, 'ephemeral_gb': 0, 'swap': 0}
    for field in number:
        if given.get(field) is not None:
            number[field] = given[field]
    flavor = objects.Flavor(
        name='flavor' if given.get('name') is None else given['name'],
        extra_specs={} if given.get('extra_specs') is None else given['extra_specs'], **number)
    group = dict_of(case, 'group')
    policy = group.get('policy')
    instance_group = objects.InstanceGroup(
        uuid=group.get('uuid') or '33333333-3333-3333-3333-333333333333', policy=policy,
        policies=[] if policy is None else [policy], members=group.get('members', []), hosts=group.get('hosts', []),
        rules={} if group.get('rules') is None else group['rules']) if group else None
    spec = objects.RequestSpec(
        image=image, flavor=flavor, instance_group=instance_group, numa_topology=None, pci_requests=None,
        project_id=case.get('project_id'), availability_zone=case.get('availability_zone'),
        is_bfv=bool(case.get('is_bfv')), num_instances=1,
        instance_uuid=case.get('instance_uuid') or '22222222-2222-2222-2222-222222222222')
    spec._from_hints(dict_of(case, 'hints'))
    return spec


class Aggregates:
    """The two questions that pre-filters ask the database."""

    def __init__(self, aggregates):
        self.aggregates = aggregates

    def get_by_metadata(self, _context, key=None, value=None):
        assert key is not None or value is not None  # so does nova's
        return [each for each in self.aggregates if any(
            (key is None or k == key) and (value is None or v == value) for k, v in (each.metadata or {}).items())]

    def get_non_matching_by_metadata_keys(self, _context, ignored_keys, key_prefix, value):
        return [each for each in self.aggregates if any(
            k.startswith(key_prefix) and v == value and k not in ignored_keys
            for k, v in (each.metadata or {}).items())]


def ask_placement(case, prefilters, state, spec):
    knows_traits = 'traits' in dict_of(case, 'host')
    if not prefilters and not knows_traits:
        return
    own = {each.uuid for each in state.aggregates}
    others = attempt('invalid_host', lambda: [
        make_aggregate(i, each) for i, each in enumerate(list_of(case, 'aggregates'))])
    database = Aggregates(state.aggregates + [each for each in others if each.uuid not in own])
    objects.AggregateList.get_by_metadata = database.get_by_metadata
    objects.AggregateList.get_non_matching_by_metadata_keys = database.get_non_matching_by_metadata_keys
    for prefilter in prefilters:
        try:
            attempt(prefilter.__name__, lambda: prefilter(None, spec))
        except Stop as stop:
            if stop.reason.startswith('RequestFilterFailed'):
                raise Stop('fail', prefilter.__name__)
            raise
    request = attempt('placement', lambda: utils.ResourceRequest.from_request_spec(spec))
    required = request.all_required_traits | set(spec.root_required)
    forbidden = set(spec.root_forbidden).union(*(group.forbidden_traits for group in request._rg_by_id.values()))
    has = {str(trait) for trait in list_of(dict_of(case, 'host'), 'traits')}
    destination = spec.requested_destination if 'requested_destination' in spec else None
    sets = [each.split(',') for each in (destination.aggregates or [])] if destination else []
    excluded = (destination.forbidden_aggregates or set()) if destination else set()
    if knows_traits and not (required <= has and not forbidden & has):
        raise Stop('fail', 'placement')
    if not all(own & set(each) for each in sets) or own & excluded:
        raise Stop('fail', 'placement')


def prepare(case):
    image = attempt('invalid_image', lambda: make_image(case))
    chosen, prefilters = attempt('invalid_config', lambda: make_config(case))
    state = attempt('invalid_host', lambda: make_host(case))
    spec = attempt('request', lambda: make_spec(case, image))
    return chosen, prefilters, state, spec


def decide(case):
    try:
        chosen, prefilters, state, spec = prepare(case)
        ask_placement(case, prefilters, state, spec)
        for name, each in chosen:
            if not attempt(name, lambda: each._filter_one(state, spec)):
                return 'fail', name
        return 'pass', ''
    except Stop as stop:
        return stop.verdict, stop.reason
    finally:
        reset(case)


def reset(case):
    for key in dict_of(case, 'config'):
        group, _, name = key.rpartition('.')
        try:
            CONF.clear_override(name, group or None)
        except Exception:
            pass  # it was no option


def too_long(*_):
    raise TimeoutError('nova does not end')


def weigh(case):
    try:
        make_config(case)
        states = [make_host({'host': each}) for each in list_of(case, 'hosts')]
        spec = make_spec(case, make_image(case))
        weighers = [cls() for cls in scheduler_weights.all_weighers()]
        weighed = scheduler_weights.HostWeightHandler().get_weighed_objects(weighers, states, spec)
        return [[each.obj.host, each.weight] for each in weighed]
    finally:
        reset(case)


def bench(lines):
    """nova's own filters, everything else prepared, each request on the hosts of many cases: decisions a second."""
    ready = []
    for line in lines:
        case = json.loads(line)
        try:
            chosen, _, state, spec = prepare(case)
            ready.append(([each for _, each in chosen], state, spec))
        except Stop:
            pass
        finally:
            reset(case)
    states = [state for _, state, _ in ready[:200]]
    decisions, started, turn = 0, time.process_time(), 0
    while time.process_time() - started < 3:
        chosen, _, spec = ready[turn % len(ready)]
        turn += 1
        for state in states:
            for each in chosen:
                decisions += 1
                try:
                    if not each._filter_one(state, spec):
                        break
                except Exception:
                    break
    print(json.dumps({'decisions_per_second': round(decisions / (time.process_time() - started))}))


def main():
    if '--bench' in sys.argv:
        bench(sys.stdin)
        return
    if '--weigh' in sys.argv:
        for line in sys.stdin:
            case = json.loads(line)
            print(json.dumps({'id': case.get('id'), 'hosts': weigh(case)}))
        return
    signal.signal(signal.SIGALRM, too_long)
    for line in sys.stdin:
        if not line.strip():
            continue
        case = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, 1)
        verdict, reason = decide(case)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout.write(json.dumps({'id': case.get('id'), 'verdict': verdict, 'reason': reason}) + '\n')


if __name__ == '__main__':
    servicegroup.API()  # reads its settings once
    main()
