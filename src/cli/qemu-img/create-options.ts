/** The options of new images, `-o name=value,…`. Models `util/qemu-option.c` and the lists in `block/*.c`. */
import { parseSize } from './size';

export interface CreateOption {
  name: string;
  kind: 'size' | 'bool' | 'number' | 'string';
  /** What `-o help` says. */
  help: string;
  default?: string;
}

const SIZE: CreateOption = { name: 'size', kind: 'size', help: 'Bytes of the virtual disk' };

/** In the order in which QEMU names them when it makes an image. */
export const CREATE_OPTIONS: Readonly<Record<'raw' | 'qcow2', readonly CreateOption[]>> = {
  raw: [
    SIZE,
    { name: 'nocow', kind: 'bool', help: 'Whether btrfs writes over the data' },
    { name: 'preallocation', kind: 'string', help: 'off, falloc or full' },
    { name: 'extent_size_hint', kind: 'size', help: 'How much the file grows at a time' },
  ],
  qcow2: [
    { name: 'encrypt.key-secret', kind: 'string', help: 'Name of the secret with the key' },
    { name: 'encrypt.format', kind: 'string', help: 'aes or luks' },
    { name: 'cluster_size', kind: 'size', help: 'Bytes of a cluster', default: '65536' },
    { name: 'extended_l2', kind: 'bool', help: 'Tables that know parts of clusters', default: 'off' },
    { name: 'preallocation', kind: 'string', help: 'off, metadata, falloc or full' },
    { name: 'compression_type', kind: 'string', help: 'How clusters are compressed', default: 'zlib' },
    { ...SIZE },
    { name: 'compat', kind: 'string', help: 'v2 (also 0.10) or v3 (also 1.1)' },
    { name: 'backing_file', kind: 'string', help: 'The image below this one' },
    { name: 'backing_fmt', kind: 'string', help: 'Format of the image below' },
    { name: 'data_file', kind: 'string', help: 'A second file for the data' },
    { name: 'data_file_raw', kind: 'bool', help: 'Whether the second file is a raw image' },
    { name: 'encryption', kind: 'bool', help: 'Old way to encrypt' },
    { name: 'lazy_refcounts', kind: 'bool', help: 'Reference counts are written late', default: 'off' },
    { name: 'refcount_bits', kind: 'number', help: 'Bits of a reference count', default: '16' },
  ],
};

/** An option that is none, or has a value that makes no sense. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** A list of options that is none: told without the image's name. */
export class OptionListError extends Error {
  override readonly name = 'OptionListError';
}

/** Values by name; sizes are in bytes. */
export type OptionValues = Map<string, string>;

/** Takes `name=value,…` into `values`. Throws {@link OptionError} in QEMU's words. */
export function parseOptions(text: string, specs: readonly CreateOption[], values: OptionValues): void {
  // a doubled comma is part of a value
  if (text === '' || /^,|[^,],(,,)*$|^$/.test(text))
    throw new OptionListError(`Invalid option list: ${text}`);
  for (const word of text.split(/(?<!,)(?:,,)*,(?!,)/)) {
    if (word === '') continue;
    const equals = word.indexOf('=');
    const given = equals === -1 ? word : word.slice(0, equals);
    const negated = equals === -1 && given.startsWith('no') && !specs.some(({ name }) => name === given);
    const name = negated ? given.slice(2) : given;
    const value = equals === -1 ? (negated ? 'off' : 'on') : word.slice(equals + 1).replaceAll(',,', ',');
    const spec = specs.find((each) => each.name === name);
    if (spec === undefined) throw new OptionError(`Invalid parameter '${name}'`);
    values.set(name, checked(spec, value));
  }
}

function checked({ name, kind }: CreateOption, value: string): string {
  if (kind === 'bool' && !['on', 'off', 'yes', 'no', 'true', 'false', 'y', 'n'].includes(value))
    throw new OptionError(`Parameter '${name}' expects 'on' or 'off'`);
  if (kind === 'number' && !/^(?:0x[0-9a-f]+|\d+)$/i.test(value))
    throw new OptionError(`Parameter '${name}' expects a number`);
  if (kind !== 'size') return value;
  const size = parseSize(value);
  if (size === 'range' || /^-\d/.test(value))
    throw new OptionError(`Value '${value}' is out of range for parameter '${name}'`);
  if (size === 'invalid')
    throw new OptionError(
      `Parameter '${name}' expects a non-negative number below 2^64\n` +
        'Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-\n' +
        'and exabytes, respectively.',
    );
  return String(size);
}

/** Whether a bool option is on. */
export function isOn(value: string | undefined): boolean {
  return ['on', 'yes', 'true', 'y'].includes(value ?? 'off');
}

/** `fmt=qcow2 cluster_size=65536 …`, as QEMU tells what it makes. */
export function describeOptions(
  format: string,
  specs: readonly CreateOption[],
  values: Readonly<OptionValues>,
): string {
  const words = specs.flatMap(({ name, default: preset }) => {
    const value = values.get(name) ?? preset;
    return value === undefined ? [] : [`${name}=${value.replaceAll(',', ',,')}`];
  });
  return [`fmt=${format}`, ...words].join(' ');
}

const KINDS = { size: '<size>', bool: '<bool (on/off)>', number: '<num>', string: '<str>' } as const;

/** What `-o help` prints. */
export function optionHelp(format: 'raw' | 'qcow2'): string {
  const lines = [...CREATE_OPTIONS[format]]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, kind, help }) => `  ${`${name}=${KINDS[kind]}`.padEnd(22)} - ${help}\n`);
  return `Supported ${format} options:\n${lines.join('')}`;
}
