import { float, int, str, strip } from '../python/text';
import { isDict, isList, numeric, PythonError, typeName, type Value } from '../python/values';
import exported from './options.json';

interface Option {
  type: string;
  default: string | number | boolean | string[] | null;
  min?: number;
  max?: number;
  choices?: string[];
}

const OPTIONS: { readonly [name: string]: Option | undefined } = exported.options;

/** A setting that nova.conf cannot have. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  constructor(
    /** The exception that oslo.config raises. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

type Setting = string | number | boolean | readonly string[] | null;

/**
 * nova.conf's sections `[filter_scheduler]` and `[scheduler]`: nova/conf/scheduler.py, with oslo.config's types.
 *
 * @example
 * new Conf({ 'filter_scheduler.image_properties_default_architecture': 'x86_64' });
 */
export class Conf {
  readonly #settings = new Map<string, Setting>();

  /**
   * @param overrides settings by `section.option`; the others have nova's defaults.
   * @throws {@link InvalidConfig} for an unknown option or a value that it cannot have.
   */
  constructor(overrides: { readonly [name: string]: Value } = {}) {
    for (const [name, option] of Object.entries(OPTIONS))
      if (option) this.#settings.set(name, option.default);
    for (const [name, value] of Object.entries(overrides)) {
      const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
      if (!option) throw noSuchOption(name);
      this.#settings.set(name, value === null ? null : convert(option, value));
    }
  }

  boolean(name: string): boolean {
    return Boolean(this.#settings.get(name));
  }

  number(name: string): number {
    const value = this.#settings.get(name);
    if (typeof value === 'number') return value;
    throw new PythonError('TypeError', `${name} has no value`);
  }

  text(name: string): string | null {
    const value = this.#settings.get(name);
    return typeof value === 'string' ? value : null;
  }

  /** Null only where a setting says so. */
  list(name: string): readonly string[] | null {
    const value = this.#settings.get(name);
    return Array.isArray(value) ? value : null;
  }
}

function noSuchOption(name: string): InvalidConfig {
  const group = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const known = group === '' || Object.keys(OPTIONS).some((option) => option.startsWith(`${group}.`));
  return known
    ? new InvalidConfig('NoSuchOptError', `no such option ${name}`)
    : new InvalidConfig('NoSuchGroupError', `no such group [${group}]`);
}

/** oslo_config/types.py. */
function convert(option: Option, value: Value): Setting {
  try {
    if (option.type === 'boolean') return toBoolean(value);
    if (option.type === 'integer' || option.type === 'float') return toNumber(option, value);
    if (option.type === 'list') return toList(value);
    if (option.type === 'multi') return toMulti(value);
    return toText(option, str(value));
  } catch (error) {
    if (error instanceof PythonError) throw new InvalidConfig(error.type, error.message);
    throw error;
  }
}

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string')
    throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'lower'`);
  if (['true', '1', 'on', 'yes'].includes(value.toLowerCase())) return true;
  if (['false', '0', 'off', 'no'].includes(value.toLowerCase())) return false;
  throw new PythonError('ValueError', `Unexpected boolean value '${value}'`);
}

function toNumber(option: Option, value: Value): number | null {
  if (typeof value === 'string' && strip(value) === '') return null;
  const number = option.type === 'integer' ? int(value) : toFloat(value);
  if (option.min !== undefined && number < option.min)
    throw new PythonError('ValueError', `Should be greater than or equal to ${option.min}`);
  if (option.max !== undefined && number > option.max)
    throw new PythonError('ValueError', `Should be less than or equal to ${option.max}`);
  return Number(number);
}

function toFloat(value: Value): number {
  if (typeof value === 'string') return float(value);
  const number = numeric(value);
  if (number === undefined)
    throw new PythonError(
      'TypeError',
      `float() argument must be a string or a real number, not '${typeName(value)}'`,
    );
  return Number(number);
}

function toList(value: Value): readonly string[] {
  if (isList(value)) return value.map(str);
  if (typeof value !== 'string')
    throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'strip'`);
  const text = strip(value).replace(/,+$/, '');
  return text === '' ? [] : text.split(',').map(strip);
}

/** An option that may be set several times: anything that Python can go through, a text letter by letter. */
function toMulti(value: Value): readonly string[] {
  if (isList(value)) return value.map(str);
  if (typeof value === 'string') return [...value];
  if (isDict(value)) return Object.keys(value);
  throw new PythonError('TypeError', `'${typeName(value)}' object is not iterable`);
}

function toText(option: Option, value: string): string {
  if (option.choices && !option.choices.includes(value))
    throw new PythonError(
      'ValueError',
      `Valid values are [${option.choices.join(', ')}], but found '${value}'`,
    );
  return value;
}
