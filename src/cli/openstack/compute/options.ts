/** Short ways to write down arguments, and those that several Compute commands share. */
import type { ArgumentSpec } from '../../arguments';
import { int } from '../../arguments';

type More = Partial<ArgumentSpec>;

/** A positional argument. Its metavar is its name unless another is given. */
export function arg(name: string, help: string, more: More = {}): ArgumentSpec {
  return { names: [name], metavar: `<${name.replaceAll('_', '-')}>`, help, ...more };
}

/** An option with a value. Its metavar is its name unless another is given. */
export function opt(name: string, help: string, metavar = name, more: More = {}): ArgumentSpec {
  return { names: [`--${name}`], metavar: `<${metavar}>`, help, ...more };
}

/** An option whose value is a whole number. */
export function num(name: string, help: string, metavar = name, more: More = {}): ArgumentSpec {
  return opt(name, help, metavar, { type: int, ...more });
}

/** An option without a value. */
export function flag(name: string, help: string, more: More = {}): ArgumentSpec {
  return { names: [`--${name}`], action: 'store_true', help, ...more };
}

/** Two options that exclude each other, for yes and no. Undefined when neither was given. */
export function pair(
  dest: string,
  yes: [string, string],
  no: [string, string],
  more: More = {},
): ArgumentSpec[] {
  const exclusive = more.exclusive === undefined ? {} : { exclusive: more.exclusive };
  return [
    flag(yes[0], yes[1], { dest, default: null, ...exclusive }),
    flag(no[0], no[1], { dest, default: null, action: 'store_false', ...exclusive }),
  ];
}

/** `--property key=value`. */
export function property(help: string): ArgumentSpec {
  return opt('property', `${help}; repeat it for several`, 'key=value', {
    action: 'key_value',
    dest: 'properties',
  });
}

/** An option that may be repeated. */
export function many(name: string, help: string, metavar = name, more: More = {}): ArgumentSpec {
  return opt(name, `${help}; repeat it for several`, metavar, { action: 'append', default: [], ...more });
}

export const server = (help = 'Server (name or ID)'): ArgumentSpec => arg('server', help);
export const servers = (help: string): ArgumentSpec => arg('server', help, { nargs: '+' });
export const wait = flag('wait', 'Come back only when it is done');
export const limit = num('limit', 'So many at most', 'limit', { action: 'non_negative' });
export const marker = (help: string): ArgumentSpec => opt('marker', `Begin after this one (${help})`);
export const long = flag('long', 'More columns');
export const project = (help: string): ArgumentSpec => opt('project', help);
export const projectDomain = opt(
  'project-domain',
  'Domain of the project (name or ID), where several projects have that name',
);
export const user = (help: string, more: More = {}): ArgumentSpec => opt('user', help, 'user', more);
export const userDomain = opt(
  'user-domain',
  'Domain of the user (name or ID), where several users have that name',
);
export const changesSince = opt(
  'changes-since',
  'Only what changed at this time or later, in ISO 8601 such as 2026-11-22T09:00:00Z',
);
export const changesBefore = opt(
  'changes-before',
  'Only what changed at this time or earlier, in ISO 8601 such as 2026-11-22T09:00:00Z',
);
