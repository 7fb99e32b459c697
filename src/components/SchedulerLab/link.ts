import { PythonError } from '../../cloud/compute/python/values';
import { DamagedLink, json, readFragment, writeFragment } from '../Lab/fragment';
import { MAX_HOSTS, START, type LabAggregate, type LabCase, type LabHost, type Pair } from './case';
import { supportedInstance } from './fleet';
import { PRESETS } from './presets';

/* Only what differs from the course's cloud is written. */

const NUMBERS = ['ram', 'vcpus', 'disk'] as const;

/** The case as the fragment of a link, without `#`. Empty for the case that the lab starts with. */
export function toFragment(labCase: LabCase): string {
  const { image, flavor, group } = labCase;
  const parts: [string, string][] = [];
  const add = (key: string, value: string, standard = '') => {
    if (value !== standard) parts.push([key, value]);
  };
  const addPairs = (key: string, pairs: readonly Pair[]) => {
    for (const [name, value] of pairs) if (name !== '') parts.push([key, `${name}=${value}`]);
  };
  add('image', image.name, START.image.name);
  add('format', image.format, START.image.format);
  addPairs('p', image.properties);
  for (const name of NUMBERS) add(name, String(flavor[name]), String(START.flavor[name]));
  addPairs('x', flavor.extraSpecs);
  addPairs('hint', labCase.hints);
  add('zone', labCase.zone);
  add('group', group.policy);
  add('members', group.members.join(','));
  addPairs('set', labCase.settings);
  const hosts = labCase.hosts.map((host) => JSON.stringify(packHost(host)));
  if (hosts.join() !== START.hosts.map((host) => JSON.stringify(packHost(host))).join())
    for (const host of hosts.length === 0 ? [''] : hosts) parts.push(['host', host]);
  for (const aggregate of labCase.aggregates) parts.push(['agg', JSON.stringify(packAggregate(aggregate))]);
  if (labCase.count !== labCase.hosts.length) parts.push(['count', String(labCase.count)]);
  return writeFragment(parts);
}

/**
 * The case of a fragment; undefined if the fragment is about something else, such as a heading of the page.
 *
 * @throws {@link DamagedLink}
 */
export function fromFragment(fragment: string): LabCase | undefined {
  const preset = PRESETS.find(({ id }) => fragment === `preset-${id}`);
  if (preset) return preset.case;
  const parts = readFragment(fragment);
  return parts && build(parts);
}

function build(parts: readonly (readonly [string, string])[]): LabCase {
  const properties: Pair[] = [];
  const extraSpecs: Pair[] = [];
  const hints: Pair[] = [];
  const settings: Pair[] = [];
  const hosts: LabHost[] = [];
  const aggregates: LabAggregate[] = [];
  const flavor = { ...START.flavor, extraSpecs };
  const image = { ...START.image, properties };
  let { zone } = START;
  let { policy, members } = START.group;
  let count: number | undefined;
  let own = false;
  for (const [key, value] of parts) {
    if (key === 'image') image.name = value;
    else if (key === 'format') image.format = value;
    else if (key === 'p') properties.push(pair(value));
    else if (key === 'x') extraSpecs.push(pair(value));
    else if (key === 'hint') hints.push(pair(value));
    else if (key === 'set') settings.push(pair(value));
    else if (key === 'zone') zone = value;
    else if (key === 'group') policy = value;
    else if (key === 'members') members = value.split(',').filter(Boolean);
    else if (key === 'count') count = number(key, value, MAX_HOSTS);
    else if (key === 'ram' || key === 'vcpus' || key === 'disk') flavor[key] = number(key, value);
    else if (key === 'agg') aggregates.push(unpackAggregate(json(key, value)));
    else if (key === 'host') {
      own = true;
      if (value !== '') hosts.push(unpackHost(json(key, value)));
    } else throw new DamagedLink(`the lab has no “${key}”`);
  }
  if (new Set(hosts.map(({ name }) => name)).size !== hosts.length)
    throw new DamagedLink('two hosts have the same name');
  const chosen = own ? hosts : START.hosts;
  return {
    hosts: chosen,
    count: Math.max(count ?? chosen.length, chosen.length),
    aggregates,
    image,
    flavor,
    hints,
    zone,
    group: { policy, members },
    settings,
  };
}

function pair(text: string): Pair {
  const at = text.indexOf('=');
  if (at < 1) throw new DamagedLink(`“${text}” is no name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function number(key: string, text: string, most = 1_000_000_000): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > most)
    throw new DamagedLink(`${key} has to be a number up to ${most}, not “${text}”`);
  return Number(text);
}

/** A host as a list: names would make the link three times as long. */
function packHost(host: LabHost): unknown[] {
  return [
    host.name,
    host.supported.map((words) => words.join(' ')).join(','),
    host.type,
    host.version,
    host.traits.join(','),
    [host.vcpus, host.vcpusUsed, host.ram, host.ramUsed, host.disk, host.diskUsed],
    (host.disabled ? 'd' : '') + (host.down ? 'x' : ''),
    host.servers.join(','),
  ];
}

function unpackHost(value: unknown): LabHost {
  if (!Array.isArray(value) || value.length !== 8) throw new DamagedLink('a host is not whole');
  const items: unknown[] = value;
  const numbers: unknown[] = Array.isArray(items[5]) ? items[5] : [];
  const text = (at: number): string => {
    const item = items[at];
    if (typeof item !== 'string') throw new DamagedLink('a host is not whole');
    return item;
  };
  const amount = (at: number): number => {
    const item = numbers[at];
    if (typeof item !== 'number' || !Number.isSafeInteger(item) || item < 0)
      throw new DamagedLink(`an amount of host ${text(0)} is no number`);
    return item;
  };
  const list = (at: number): string[] => text(at).split(',').filter(Boolean);
  return {
    name: text(0),
    supported: list(1).map(instance),
    type: text(2),
    version: text(3),
    traits: list(4),
    vcpus: amount(0),
    vcpusUsed: amount(1),
    ram: amount(2),
    ramUsed: amount(3),
    disk: amount(4),
    diskUsed: amount(5),
    disabled: text(6).includes('d'),
    down: text(6).includes('x'),
    servers: list(7),
  };
}

function instance(text: string): string[] {
  try {
    return [...supportedInstance(text.split(' '))];
  } catch (error) {
    if (error instanceof PythonError) throw new DamagedLink(error.message);
    throw error;
  }
}

function packAggregate({ name, hosts, metadata }: LabAggregate): unknown[] {
  return [name, hosts.join(','), ...metadata.map(([key, value]) => `${key}=${value}`)];
}

function unpackAggregate(value: unknown): LabAggregate {
  const items: unknown[] = Array.isArray(value) ? value : [];
  const texts = items.filter((item) => typeof item === 'string');
  const [name, hosts, ...metadata] = texts;
  if (name === undefined || hosts === undefined || texts.length !== items.length)
    throw new DamagedLink('an aggregate is not whole');
  return { name, hosts: hosts.split(',').filter(Boolean), metadata: metadata.map(pair) };
}
