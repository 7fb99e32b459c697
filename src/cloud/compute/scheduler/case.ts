import { coerce, coerceNullable, enumField, FIELDS, type Coerce } from '../objects/fields';
import { ImageMeta } from '../objects/image-meta';
import exported from '../objects/image-meta-props.json';
import { str } from '../python/text';
import { get, isDict, isList, PythonError, truthy, typeName, type Dict, type Value } from '../python/values';
import { Conf, InvalidConfig } from './conf';
import { chooseHostFilters, SchedulerHostFilterNotFound, type EnabledFilter } from './filters/index';
import { HostState, type Aggregate, type ComputeService, type SupportedInstance } from './host-state';
import { hasTraits, inAggregates, placementRequest } from './placement';
import { REQUEST_FILTERS, RequestFilterFailed } from './request-filter';
import { getWeighedObjects } from './weights/index';
import { RequestSpec, type Flavor, type InstanceGroup } from './request-spec';
import type { TraceEntry } from './filter-handler';

export type Verdict = 'pass' | 'fail' | 'invalid_image' | 'invalid_config' | 'invalid_host' | 'crash';

/** What became of one case. What stands before the first colon of the reason is its class. */
export interface CaseResult {
  id: Value;
  verdict: Verdict;
  reason: string;
  trace: TraceEntry[];
}

/**
 * Decides one case: one image, one host, one flavor, some filters. A line of JSON in, `verdict` and `reason` out;
 * `real-cloud/nova-oracle.py` answers the same lines from nova's own classes.
 *
 * @example
 * scheduleCase({ id: 1, image: { properties: { hw_architecture: 'arm' } }, host: {} }).verdict; // 'invalid_image'
 */
export function scheduleCase(input: Value): CaseResult {
  const given = isDict(input) ? input : {};
  const trace: TraceEntry[] = [];
  const result = decide(given, trace);
  return { id: get(given, 'id') ?? null, ...result, trace };
}

/**
 * The hosts of a case that has `hosts`, best first, with their weights; `nova-oracle.py --weigh` answers the same lines.
 *
 * @throws {@link PythonError} where nova refuses something.
 */
export function weighCase(given: Dict): [host: string, weight: number][] {
  const { conf } = config(given);
  const hosts = list(get(given, 'hosts')).map((each) => host(isDict(each) ? each : {}));
  const spec = request(given, image(get(given, 'image') ?? null));
  return getWeighedObjects(hosts, spec, conf).map(({ host: { host: name }, weight }) => [name, weight]);
}

type Outcome = Pick<CaseResult, 'verdict' | 'reason'>;

/** A case whose image, settings, host and request nova accepts. */
interface PreparedCase {
  conf: Conf;
  filters: EnabledFilter[];
  prefilters: string[];
  host: HostState;
  spec: RequestSpec;
}

/** Everything that comes before the filters; undefined where nova refuses something. */
export function prepareCase(input: Value): PreparedCase | undefined {
  try {
    return prepare(isDict(input) ? input : {});
  } catch (error) {
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

function prepare(given: Dict): PreparedCase {
  const meta = attempt('invalid_image', () => image(get(given, 'image') ?? null));
  const settings = attempt('invalid_config', () => config(given));
  const state = attempt('invalid_host', () => host(dict(given, 'host')));
  const spec = attempt('request', () => request(given, meta));
  return { ...settings, host: state, spec };
}

function decide(given: Dict, trace: TraceEntry[]): Outcome {
  try {
    const { conf, filters, prefilters, host: state, spec } = prepare(given);
    const aggregates = [...state.aggregates, ...otherAggregates(given, state)];
    return (
      ask(given, prefilters, { conf, aggregates }, state, spec, trace) ??
      runFilters(filters, state, spec, trace)
    );
  } catch (error) {
    if (error instanceof Stop) return error.outcome;
    throw error;
  }
}

class Stop extends Error {
  constructor(readonly outcome: Outcome) {
    super();
  }
}

/** Runs one stage; what nova raises there becomes the verdict. */
function attempt<Result>(stage: Verdict | string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof SchedulerHostFilterNotFound)
      throw new Stop({ verdict: 'invalid_config', reason: `${error.name}: ${error.message}` });
    if (!(error instanceof PythonError || error instanceof InvalidConfig)) throw error;
    const refused = stage === 'invalid_image' || stage === 'invalid_config' || stage === 'invalid_host';
    throw new Stop(
      refused
        ? { verdict: stage, reason: `${error.type}: ${error.message}` }
        : { verdict: 'crash', reason: `${error.type} in ${stage}: ${error.message}` },
    );
  }
}

function image(given: Value): ImageMeta | null {
  if (given === null) return null;
  if (!isDict(given)) throw new PythonError('TypeError', 'an image is a dict');
  return ImageMeta.fromDict(given);
}

function config(given: Dict): { conf: Conf; filters: EnabledFilter[]; prefilters: string[] } {
  const conf = new Conf(dict(given, 'config'));
  const filters = get(given, 'filters') ?? ['ImagePropertiesFilter'];
  const prefilters = texts(get(given, 'prefilters'));
  for (const name of prefilters)
    if (!REQUEST_FILTERS.has(name)) throw new InvalidConfig('RequestFilterNotFound', `no pre-filter ${name}`);
  return { conf, filters: chooseHostFilters(texts(filters), conf), prefilters };
}

const ARCHITECTURE = enumField(exported.types.Architecture);
const HV_TYPE = enumField(exported.types.HVType);
const VM_MODE = enumField(exported.types.VMMode);

/** nova/objects/hv_spec.py `HVSpec.from_list`. */
function supportedInstance(given: Value): SupportedInstance {
  if (!isList(given)) throw new PythonError('TypeError', `'${typeName(given)}' object is not subscriptable`);
  if (given.length < 3) throw new PythonError('IndexError', 'list index out of range');
  const [arch = null, hvType = null, vmMode = null] = given;
  return [
    str(coerce(ARCHITECTURE, 'arch', arch)),
    str(coerce(HV_TYPE, 'hv_type', hvType)),
    str(coerce(VM_MODE, 'vm_mode', vmMode)),
  ];
}

/** The numbers that a compute node reports. */
const NUMBERS = [
  'vcpus',
  'vcpus_used',
  'memory_mb',
  'free_ram_mb',
  'local_gb',
  'local_gb_used',
  'free_disk_gb',
] as const;

/** nova/objects/compute_node.py, then `HostState.update`. */
function host(given: Dict): HostState {
  const field = (name: string, kind: Coerce): Value => coerceNullable(kind, name, get(given, name) ?? null);
  const text = (name: string): string | null => {
    const value = field(name, FIELDS.String);
    return value === null ? null : str(value);
  };
  const instances = get(given, 'supported_instances') ?? [];
  if (!isList(instances)) throw new PythonError('TypeError', 'supported_instances has to be a list');
  const supported = instances.map(supportedInstance);
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, Number(field(name, FIELDS.Integer) ?? 0)]));
  const hypervisorType = text('hypervisor_type');
  const ratio = (name: string): { [name: string]: number } => {
    const value = get(given, name);
    return typeof value === 'number' ? { [name]: value } : {};
  };
  const version = field('hypervisor_version', FIELDS.Integer);
  const name = text('host') ?? 'host';
  const service = computeService(get(given, 'service'));
  return new HostState({
    ...numbers,
    ...ratio('cpu_allocation_ratio'),
    host: name,
    nodename: text('nodename') ?? name,
    uuid: '11111111-1111-1111-1111-111111111111',
    supported_instances: supported,
    hypervisor_type: hypervisorType,
    hypervisor_version: typeof version === 'number' || typeof version === 'bigint' ? version : null,
    hypervisor_hostname: text('hypervisor_hostname') ?? name,
    // nova has a JSON text here; a dict is taken as it is
    cpu_info: get(given, 'cpu_info') ?? null,
    stats: FIELDS.DictOfNullableStrings('stats', get(given, 'stats') ?? {}) as {
      [name: string]: string | null;
    }, // it makes texts of them
    aggregates: list(get(given, 'aggregates')).map(aggregate),
    instances: list(get(given, 'instances')).map(instanceUuid),
    traits: new Set(texts(get(given, 'traits'))),
    ...(service === undefined ? {} : { service }),
  });
}

function computeService(given: Value | undefined): ComputeService | null | undefined {
  if (given === undefined || given === null) return given;
  const service = isDict(given) ? given : {};
  const seconds = get(service, 'seconds_since_report') ?? 0;
  const up = !truthy(get(service, 'forced_down')) && Math.abs(Number(seconds)) <= 60;
  return { disabled: truthy(get(service, 'disabled')), up };
}

function aggregate(given: Value, index: number): Aggregate {
  const record = isDict(given) ? given : {};
  const metadata = get(record, 'metadata');
  return {
    uuid: str(get(record, 'uuid') ?? `aggregate-${index}`),
    metadata:
      metadata === null
        ? null
        : (FIELDS.DictOfStrings('metadata', metadata ?? {}) as { [key: string]: string }), // it makes texts of them
  };
}

function otherAggregates(given: Dict, state: HostState): Aggregate[] {
  const own = new Set(state.aggregates.map(({ uuid }) => uuid));
  return attempt('invalid_host', () => list(get(given, 'aggregates')).map(aggregate)).filter(
    ({ uuid }) => !own.has(uuid),
  );
}

function instanceUuid(given: Value): string {
  return str(isDict(given) ? (get(given, 'uuid') ?? null) : given);
}

function request(given: Dict, meta: ImageMeta | null): RequestSpec {
  const hints = Object.entries(dict(given, 'hints')).map(([hint, value]): [string, string[]] => {
    const values = FIELDS.ListOfStrings(`scheduler_hints[${hint}]`, isList(value) ? value : [value]);
    return [hint, values.map(str)];
  });
  return new RequestSpec({
    image: meta,
    flavor: flavor(dict(given, 'flavor')),
    schedulerHints: Object.fromEntries(hints),
    instanceGroup: group(dict(given, 'group')),
    instanceUuid: str(get(given, 'instance_uuid') ?? '22222222-2222-2222-2222-222222222222'),
    projectId: optionalText(get(given, 'project_id')),
    availabilityZone: optionalText(get(given, 'availability_zone')),
    isBfv: truthy(get(given, 'is_bfv')),
  });
}

function flavor(given: Dict): Flavor {
  const number = (name: string, otherwise: number): number =>
    Number(coerce(FIELDS.Integer, name, get(given, name) ?? otherwise));
  return {
    name: str(get(given, 'name') ?? 'flavor'),
    vcpus: number('vcpus', 1),
    memory_mb: number('memory_mb', 512),
    root_gb: number('root_gb', 1),
    ephemeral_gb: number('ephemeral_gb', 0),
    swap: number('swap', 0),
    extra_specs: FIELDS.DictOfStrings('extra_specs', get(given, 'extra_specs') ?? {}) as {
      [key: string]: string; // it makes texts of them
    },
  };
}

function group(given: Dict): InstanceGroup | null {
  if (!truthy(given)) return null;
  const names = (field: string): string[] | null => {
    const value = get(given, field);
    if (value === null) return null;
    return FIELDS.ListOfStrings(field, value ?? []).map(str);
  };
  return {
    uuid: str(get(given, 'uuid') ?? '33333333-3333-3333-3333-333333333333'),
    policy: optionalText(get(given, 'policy')),
    members: names('members'),
    hosts: names('hosts'),
    rules: FIELDS.DictOfStrings('_rules', get(given, 'rules') ?? {}) as { [name: string]: string }, // texts, as above
  };
}

/** What placement would say; undefined if it would offer the host, or if the case does not ask. */
function ask(
  given: Dict,
  prefilters: readonly string[],
  context: { conf: Conf; aggregates: Aggregate[] },
  state: HostState,
  spec: RequestSpec,
  trace: TraceEntry[],
): Outcome | undefined {
  const knowsTraits = get(dict(given, 'host'), 'traits') !== undefined;
  if (prefilters.length === 0 && !knowsTraits) return undefined;
  for (const name of prefilters) {
    try {
      attempt(name, () => REQUEST_FILTERS.get(name)?.(context, spec));
    } catch (error) {
      if (error instanceof RequestFilterFailed)
        return { verdict: 'fail', reason: `${name}: ${error.message}` };
      throw error;
    }
  }
  const wanted = attempt('placement', () => placementRequest(spec));
  for (const decision of [...(knowsTraits ? [hasTraits(state, wanted)] : []), inAggregates(state, wanted)]) {
    trace.push({ host: state.host, filter: 'placement', decision });
    if (!decision.passes) return { verdict: 'fail', reason: `placement: ${decision.because}` };
  }
  return undefined;
}

function runFilters(
  filters: readonly EnabledFilter[],
  state: HostState,
  spec: RequestSpec,
  trace: TraceEntry[],
): Outcome {
  for (const { name, filter } of filters) {
    const decision = attempt(name, () => filter.decide(state, spec));
    trace.push({ host: state.host, filter: name, decision });
    if (!decision.passes) return { verdict: 'fail', reason: `${name}: ${decision.because}` };
  }
  return {
    verdict: 'pass',
    reason: trace.map(({ filter, decision }) => `${filter}: ${decision.because}`).join('; '),
  };
}

/** A member that is a dict; missing or empty, an empty one. */
function dict(given: Dict, name: string): Dict {
  const value = get(given, name);
  return isDict(value) ? value : {};
}

function list(value: Value | undefined): readonly Value[] {
  return isList(value ?? null) ? (value as readonly Value[]) : []; // isList has just said so
}

function texts(value: Value | undefined): string[] {
  return list(value).map(str);
}

function optionalText(value: Value | undefined): string | null {
  return value === undefined || value === null ? null : str(value);
}
