/** CreateProject, DeleteProject, SetProject and ShowProject of openstackclient/identity/v3/project.py. */
import { ConflictException, type Project, type ProjectCreate } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import type { App } from '../app';
import type { PlainCommand, ShowOneCommand } from '../command';
import {
  allFields,
  enabled,
  enableOptions,
  failedToDelete,
  findDomain,
  findProjectIn,
  forEachOf,
  idInToken,
  immutable,
  immutableOptions,
} from './common';
import { findResource, keystone, managers } from './keystone';
import { changedTags, newTags, tagChanges } from './tag';

const ownerDomain = {
  names: ['--domain'],
  metavar: '<domain>',
  help: 'Domain of the project (name or ID)',
} as const;

/** `openstack project create` */
export const createProject: ShowOneCommand = {
  name: 'project create',
  upstream: 'openstackclient.identity.v3.project.CreateProject',
  kind: 'show',
  description: 'Make a project',
  arguments: [
    { names: ['name'], metavar: '<project-name>', help: 'Name of the new project' },
    ownerDomain,
    { names: ['--parent'], metavar: '<project>', help: 'Project to put it under (name or ID)' },
    { names: ['--description'], metavar: '<description>', help: 'What the project is for' },
    ...enableOptions('project'),
    { names: ['--property'], metavar: '<key=value>', action: 'key_value', help: 'Field to add to the project; repeat it for several' },
    { names: ['--or-show'], action: 'store_true', help: 'If there is one of this name, show that one' },
    ...immutable,
    newTags,
  ], // prettier-ignore
  async run(app, args) {
    const client = keystone(app);
    const name = args.string('name') ?? '';
    const domain = args.string('domain');
    const domain_id = domain ? (await findDomain(client, domain)).id : undefined;
    const parent = args.string('parent');
    const parent_id = parent ? (await findResource(managers(client).projects, parent)).id : undefined;
    const project: ProjectCreate = {
      ...(domain_id !== undefined && { domain_id }),
      name,
      ...(args.string('description') !== undefined && { description: args.string('description') }),
      enabled: enabled(args) ?? true,
      options: immutableOptions(args),
      ...properties(args),
      tags: [...new Set(args.list('tags'))],
      ...(parent_id !== undefined && { parent_id }),
    };
    try {
      return allFields(await client.createProject(project));
    } catch (error) {
      if (!(error instanceof ConflictException) || !args.flag('or_show')) throw error;
      const query = domain_id === undefined ? {} : { domain_id };
      const existing = await findResource(managers(client).projects, name, query);
      app.log('info', `Returning existing project ${existing.name}`);
      return allFields(existing);
    }
  },
};

/** `is_domain` is the one property with a type. */
function properties(args: ParsedArgs): Record<string, unknown> {
  const given: Record<string, unknown> = Object.fromEntries(args.pairs('property'));
  const words: Record<string, boolean | null> = { true: true, false: false, none: null };
  const asked = given.is_domain;
  if (typeof asked === 'string' && Object.hasOwn(words, asked.toLowerCase()))
    given.is_domain = words[asked.toLowerCase()];
  return given;
}

/** `openstack project delete` */
export const deleteProject: PlainCommand = {
  name: 'project delete',
  upstream: 'openstackclient.identity.v3.project.DeleteProject',
  kind: 'command',
  description: 'Delete projects',
  arguments: [
    { names: ['projects'], metavar: '<project>', nargs: '+', help: 'Projects to delete (name or ID)' },
    ownerDomain,
  ],
  async run(app, args) {
    const client = keystone(app);
    const domain = args.string('domain');
    const query = domain ? { domain_id: (await findDomain(client, domain)).id } : {};
    await forEachOf(
      app,
      args.list('projects'),
      async (name) => client.deleteProject((await findResource(managers(client).projects, name, query)).id),
      failedToDelete('project', 'projects'),
    );
  },
};

/** `openstack project set` */
export const setProject: PlainCommand = {
  name: 'project set',
  upstream: 'openstackclient.identity.v3.project.SetProject',
  kind: 'command',
  description: 'Change a project',
  arguments: [
    { names: ['project'], metavar: '<project>', help: 'Project to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    ownerDomain,
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    ...enableOptions('project'),
    { names: ['--property'], metavar: '<key=value>', action: 'key_value', help: 'Field to set on the project; repeat it for several' },
    ...immutable,
    ...tagChanges,
  ], // prettier-ignore
  async run(app, args) {
    const client = keystone(app);
    const domain = args.string('domain') || undefined;
    const project = await findProjectIn(client, args.string('project') ?? '', domain);
    const options = immutableOptions(args);
    const tags = changedTags(args, 'tags' in project ? project.tags : undefined);
    const state = enabled(args);
    await client.updateProject(project.id, {
      ...(args.string('name') && { name: args.string('name') ?? '' }),
      ...(args.string('description') && { description: args.string('description') }),
      ...(state !== undefined && { enabled: state }),
      ...(Object.keys(options).length > 0 && { options }),
      ...Object.fromEntries(args.pairs('property')),
      ...(tags && { tags }),
    });
  },
};

/** `openstack project show` */
export const showProject: ShowOneCommand = {
  name: 'project show',
  upstream: 'openstackclient.identity.v3.project.ShowProject',
  kind: 'show',
  description: 'Show a project',
  arguments: [
    { names: ['project'], metavar: '<project>', help: 'Project to show (name or ID)' },
    ownerDomain,
    { names: ['--parents'], action: 'store_true', default: false, help: 'With the projects above it' },
    { names: ['--children'], action: 'store_true', default: false, help: 'With the projects below it' },
  ],
  async run(app, args) {
    return allFields(await shown(app, args));
  },
};

async function shown(app: App, args: ParsedArgs): Promise<Project> {
  const client = keystone(app);
  const domain = args.string('domain') || undefined;
  const name = await idInToken(client, 'project', args.string('project') ?? '', domain);
  const query = domain === undefined ? {} : { domain_id: (await findDomain(client, domain)).id };
  const project = await findResource(managers(client).projects, name, query);
  const flags = [
    ...(args.flag('children') ? (['subtree_as_ids'] as const) : []),
    ...(args.flag('parents') ? (['parents_as_ids'] as const) : []),
  ];
  return flags.length === 0 ? project : client.getProject(project.id, flags);
}
