import { PythonError } from '../../cloud/compute/python/values';
import { MAX_HOSTS, START, type LabAggregate, type LabCase, type LabHost, type Pair } from './case';
import { supportedInstance } from './fleet';
import { PRESETS } from './presets';

/*
 * A case as the part of a link after `#`:
 *
 *     lab=1.x4k2&p=hw_architecture=arm&ram=2048
 *
 * 1 is the version of this format; what comes after the point is a sum of the rest, by which a link that was cut off is
 * told from a whole one. One written by hand leaves it out: `lab=1&p=hw_architecture=arm`. Only what differs from the
 * course's cloud is written.
 */

const VERSION = '1';

/** A link that cannot be read. The message says what is wrong, for the reader. */
export class DamagedLink extends Error {
  override readonly name = 'DamagedLink';
}

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
  if (parts.length === 0) return '';
  const text = parts.map(([key, value]) => `${key}=${escape(value)}`).join('&');
  return `lab=${VERSION}.${sum(text)}&${text}`;
}

/**
 * The case of a fragment; undefined if the fragment is about something else, such as a heading of the page.
 *
 * @throws {@link DamagedLink}
 */
export function fromFragment(fragment: string): LabCase | undefined {
  const preset = PRESETS.find(({ id }) => fragment === `preset-${id}`);
  if (preset) return preset.case;
  if (!/^lab=/.test(fragment)) return undefined;
  const [head = '', ...rest] = fragment.split('&');
  const [version, check] = head.slice('lab='.length).split('.');
  if (version !== VERSION)
    throw new DamagedLink(`it is of version ${version || '?'}, and this lab reads version ${VERSION}`);
  if (check !== undefined && check !== sum(rest.join('&')))
    throw new DamagedLink('a part of it is missing or was changed on the way');
  return build(rest.map(split));
}

function split(part: string): [key: string, value: string] {
  const at = part.indexOf('=');
  if (at < 0) throw new DamagedLink(`“${part}” has no value`);
  try {
    return [part.slice(0, at), decodeURIComponent(part.slice(at + 1).replaceAll('+', ' '))];
  } catch {
    throw new DamagedLink(`“${part.slice(at + 1)}” is not written as links are`);
  }
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

function json(key: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DamagedLink(`“${key}” is not whole`);
  }
}

/** Readable where it may be: `:`, `,` and `=` need no escape after a `#`. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2C|3D|3E|3C|2F|40|20)/g, (code) => {
    const character = decodeURIComponent(code);
    return character === ' ' ? '+' : character === '<' || character === '>' ? code : character;
  });
}

/** A short sum, to notice what was lost; FNV-1a. */
function sum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash % 36 ** 4).toString(36).padStart(4, '0');
}
