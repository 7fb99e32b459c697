/** What `--nic`, `--network`, `--port`, `--block-device` and their like take: actions of openstackclient/compute/v2/server.py. */
import { ArgumentTypeError } from 'argparse';
import type { ArgumentSpec } from '../../arguments';

/** One network interface as it was asked for, or the words `auto` or `none`. */
export type Nic =
  'auto' | 'none' | (Record<'net-id' | 'port-id' | 'v4-fixed-ip' | 'v6-fixed-ip', string> & { tag?: string });

const KEYS = ['net-id', 'port-id', 'v4-fixed-ip', 'v6-fixed-ip', 'tag'];
const FORM = "'net-id=net-uuid,port-id=port-uuid,v4-fixed-ip=ip-addr,v6-fixed-ip=ip-addr,tag=tag'";

/** `NICAction`. With a key the word is the value of that key alone. */
function nic(key?: string) {
  return (before: unknown, word: string): unknown => {
    if (key !== undefined && /[,=]/.test(word))
      throw new ArgumentTypeError(`Invalid argument ${word}; characters ',' and '=' are not allowed`);
    if (key === undefined && (word === 'auto' || word === 'none')) return added(before, word);
    const text = key === undefined ? word : `${key}=${word}`;
    const info: Record<string, string> = {
      'net-id': '',
      'port-id': '',
      'v4-fixed-ip': '',
      'v6-fixed-ip': '',
    };
    const wrong = (why: string) => new ArgumentTypeError(`Invalid argument ${text}; ${why}`);
    for (const part of text.split(',')) {
      const [, name = part, value = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
      if (!KEYS.includes(name) || value === '') throw wrong(`argument must be of form ${FORM}`);
      info[name] = value;
    }
    if (info['net-id'] && info['port-id'])
      throw wrong("either 'network' or 'port' should be specified but not both");
    if (info['v4-fixed-ip'] && info['v6-fixed-ip'])
      throw wrong("either 'v4-fixed-ip' or 'v6-fixed-ip' should be specified but not both");
    return added(before, info);
  };
}

/** A list with one more; the default of an option is never changed. */
function added(before: unknown, one: unknown): unknown[] {
  const list: unknown[] = Array.isArray(before) ? before : [];
  return [...list, one];
}

const nics = (name: string, metavar: string, help: string, key?: string): ArgumentSpec => ({
  names: [`--${name}`], metavar, dest: 'nics', default: [], action: 'fold', fold: nic(key), help,
}); // prettier-ignore
const word = (name: string, value: Nic, help: string): ArgumentSpec => ({
  names: [`--${name}`], dest: 'nics', default: [], nargs: 0, action: 'fold', fold: (before) => added(before, value), help,
}); // prettier-ignore

/** Which networks a server is on. */
export const nicOptions: readonly ArgumentSpec[] = [
  nics('network', '<network>', 'Network to be on (name or ID); repeat it for several', 'net-id'),
  nics('port', '<port>', 'Port to have (name or ID); repeat it for several', 'port-id'),
  word('no-network', 'none', 'Be on no network'),
  word('auto-network', 'auto', 'Be on a network of the project, which is made if need be (default)'),
  nics(
    'nic',
    '<net-id=net-uuid,port-id=port-uuid,v4-fixed-ip=ip-addr,v6-fixed-ip=ip-addr,tag=tag,auto,none>',
    'Network or port in full: net-id or port-id, an address, a tag; or auto or none; repeat it for several',
  ),
];

/** `MultiKeyValueAction`: `key=value,key=value`. */
export function keyValues(required: readonly string[], optional: readonly string[]) {
  return (before: unknown, word: string): unknown => {
    const pairs: Record<string, string> = {};
    for (const part of word.split(',')) {
      const at = part.indexOf('=');
      if (at < 0) throw new ArgumentTypeError(`Expected comma separated 'key=value' pairs, but got: ${part}`);
      if (at === 0) throw new ArgumentTypeError(`Each property key must be specified: ${part}`);
      pairs[part.slice(0, at)] = part.slice(at + 1);
    }
    const valid = [...required, ...optional];
    const invalid = Object.keys(pairs).filter((key) => !valid.includes(key));
    if (invalid.length > 0)
      throw new ArgumentTypeError(
        `Invalid keys ${invalid.join(', ')} specified.\nValid keys are: ${valid.join(', ')}`,
      );
    const missing = required.filter((key) => !(key in pairs));
    if (missing.length > 0)
      throw new ArgumentTypeError(
        `Missing required keys ${missing.join(', ')}.\nRequired keys are: ${required.join(', ')}`,
      );
    return added(before, pairs);
  };
}

/** `KeyValueAppendAction`: each key keeps all its values. */
export function keyLists(before: unknown, word: string): Map<string, string[]> {
  const at = word.indexOf('=');
  if (at === 0) throw new ArgumentTypeError(`Property key must be specified: ${word}`);
  if (at < 0) throw new ArgumentTypeError(`Expected 'key=value' type, but got: ${word}`);
  const lists = new Map(before instanceof Map ? (before as Map<string, string[]>) : []); // only this action fills it
  const key = word.slice(0, at);
  return lists.set(key, [...(lists.get(key) ?? []), word.slice(at + 1)]);
}

/** `BDMLegacyAction`: `dev=id:type:size:delete`. */
export function legacyMapping(before: unknown, word: string): unknown {
  const [, device = '', rest = ''] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const parts = rest.split(':');
  const [uuid = '', type, size, remove] = parts;
  if (device === '' || rest === '' || parts.length > 4)
    throw new ArgumentTypeError(
      `Invalid argument ${word}; argument must be of form 'dev-name=id[:type[:size[:delete-on-terminate]]]'`,
    );
  if (type && !['volume', 'snapshot', 'image'].includes(type))
    throw new ArgumentTypeError(`Invalid argument ${word}; 'type' must be one of: volume, snapshot, image`);
  return added(before, {
    device_name: device,
    uuid,
    source_type: type || 'volume',
    destination_type: 'volume',
    ...(size && { volume_size: size }),
    ...(remove && { delete_on_termination: remove }),
  });
}
