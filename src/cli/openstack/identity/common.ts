/** What the commands of the Identity service share: openstackclient/identity/common.py. */
import {
  ForbiddenException,
  HttpException,
  type Domain,
  type Group,
  type Project,
  type ResourceOptions,
  type User,
} from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { message } from '../../messages';
import type { Value } from '../../python';
import type { App } from '../app';
import { sortedFields } from '../command';
import { findResource, keystone, managers, type KeystoneClient, type Manager } from './keystone';

/** What was found, or the words of somebody who may not look: they are tried as an id. */
export type Found<T> = T | { id: string; name: string };

/** The id of a project. Whoever may not look it up gets the text back, to be tried as an id. */
export async function findProject(app: App, nameOrId: string, domain: string | undefined): Promise<string> {
  return (await findProjectIn(keystone(app), nameOrId, domain)).id;
}

export function findProjectIn(
  client: KeystoneClient,
  nameOrId: string,
  domain?: string,
): Promise<Found<Project>> {
  return findIn(client, managers(client).projects, nameOrId, domain);
}

export function findUserIn(client: KeystoneClient, nameOrId: string, domain?: string): Promise<Found<User>> {
  return findIn(client, managers(client).users, nameOrId, domain);
}

export function findGroupIn(
  client: KeystoneClient,
  nameOrId: string,
  domain?: string,
): Promise<Found<Group>> {
  return findIn(client, managers(client).groups, nameOrId, domain);
}

export function findDomain(client: KeystoneClient, nameOrId: string): Promise<Found<Domain>> {
  return findIn(client, managers(client).domains, nameOrId);
}

/** `_find_identity_resource`, within a domain if one is named. */
async function findIn<T extends { id: string; name: string }>(
  client: KeystoneClient,
  manager: Manager<T>,
  nameOrId: string,
  domain?: string,
): Promise<Found<T>> {
  const query = domain === undefined ? {} : { domain_id: (await findDomain(client, domain)).id };
  try {
    return await findResource(manager, nameOrId, query);
  } catch (error) {
    if (error instanceof ForbiddenException) return { id: nameOrId, name: nameOrId };
    throw error;
  }
}

/**
 * The id of a project or domain by the name that one's own token has for it: who may not list them can still name
 * her own. Other names come back as they are.
 */
export async function idInToken(
  client: KeystoneClient,
  resource: 'project' | 'domain',
  name: string,
  domain?: string,
): Promise<string> {
  try {
    const { authToken } = await client.access();
    const { project } = await client.validateToken(authToken);
    const found = resource === 'domain' ? project?.domain : project;
    if (domain !== undefined && resource === 'project') {
      const home = project?.domain;
      if (domain !== home?.id && domain !== home?.name) return name;
    }
    return found?.name === name ? found.id : name;
  } catch (error) {
    if (error instanceof HttpException) return name;
    throw error;
  }
}

/** Does the same with each of several; counts and tells what failed, and fails if anything did. */
export async function forEachOf(
  app: App,
  names: readonly string[],
  act: (name: string) => Promise<void>,
  words: { failed: (name: string, why: string) => string; total: (failed: number, all: number) => string },
): Promise<void> {
  let failed = 0;
  for (const name of names) {
    try {
      await act(name);
    } catch (error) {
      failed++;
      app.log('error', words.failed(name, message(error)));
    }
  }
  if (failed > 0) throw new CommandError(words.total(failed, names.length));
}

/** The sentences of most delete commands. */
export function failedToDelete(kind: string, plural: string, by = 'name or ID') {
  return {
    failed: (name: string, why: string) => `Failed to delete ${kind} with ${by} '${name}': ${why}`,
    total: (failed: number, all: number) => `${failed} of ${all} ${plural} failed to delete.`,
  };
}

/** All fields of a thing, sorted, without its links: what keystoneclient's things print. */
export function allFields(resource: object): { columns: string[]; values: Cell[] } {
  // somebody who may not look a thing up has only its name, and the client stumbles over what is not there
  if (!('links' in resource)) throw new CommandError("'links'");
  const { links: _links, ...fields } = resource as Record<string, Value>; // JSON of the API
  return sortedFields(fields);
}

/** Columns and their values, in the order given. */
export function fieldsOf(fields: Readonly<Record<string, Cell | undefined>>): {
  columns: string[];
  values: Cell[];
} {
  return { columns: Object.keys(fields), values: Object.values(fields).map((value) => value ?? null) };
}

/** The options that `--immutable` and `--no-immutable` ask for; none when neither was given. */
export function immutableOptions(args: ParsedArgs): ResourceOptions {
  return {
    ...(args.flag('immutable') && { immutable: true }),
    ...(args.flag('no_immutable') && { immutable: false }),
  };
}

export const immutable: readonly ArgumentSpec[] = [
  {
    names: ['--immutable'],
    action: 'store_true',
    exclusive: 'immutable',
    help: 'Refuse to change or delete it, until this is taken back',
  },
  {
    names: ['--no-immutable'],
    action: 'store_true',
    exclusive: 'immutable',
    help: 'Let it be changed and deleted (default)',
  },
];

/** `--enable` and `--disable`, which set a flag each. */
export function enableOptions(kind: string, isDefault = false): readonly ArgumentSpec[] {
  return [
    {
      names: ['--enable'],
      action: 'store_true',
      exclusive: 'enable',
      help: `Switch the ${kind} on${isDefault ? ' (default)' : ''}`,
    },
    { names: ['--disable'], action: 'store_true', exclusive: 'enable', help: `Switch the ${kind} off` },
  ];
}

/** What `--enable` and `--disable` ask for; undefined when neither was given. */
export function enabled(args: ParsedArgs): boolean | undefined {
  return args.flag('disable') ? false : args.flag('enable') ? true : undefined;
}

/** `--user-domain`, `--project-domain`, `--group-domain` or `--role-domain`. */
export function domainOf(kind: 'user' | 'project' | 'group' | 'role'): ArgumentSpec {
  const name = `${kind}-domain`;
  return {
    names: [`--${name}`],
    metavar: `<${name}>`,
    help: `Domain of the ${kind} (name or ID), where several ${kind}s have the same name`,
  };
}

export const inherited: ArgumentSpec = {
  names: ['--inherited'],
  action: 'store_true',
  default: false,
  help: 'For the projects below, and not for the project or domain itself',
};
