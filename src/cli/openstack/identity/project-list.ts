/** ListProject of openstackclient/identity/v3/project.py. */
import { ForbiddenException, type Project, type ProjectQuery } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { str, type Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand } from '../command';
import { sortItems } from '../sort-items';
import { findDomain, findProjectIn } from './common';
import { findResource, keystone, managers } from './keystone';
import { tagFilters, tagQuery } from './tag';

/** `openstack project list` */
export const listProject: ListerCommand = {
  name: 'project list',
  upstream: 'openstackclient.identity.v3.project.ListProject',
  kind: 'lister',
  description: 'List the projects you may see',
  arguments: [
    { names: ['--domain'], metavar: '<domain>', help: 'Projects of this domain only (name or ID)' },
    { names: ['--parent'], metavar: '<parent>', help: 'Projects right under this one only (name or ID)' },
    { names: ['--user'], metavar: '<user>', help: 'Projects on which this user has a role (name or ID)' },
    { names: ['--my-projects'], action: 'store_true', help: 'Projects on which you have a role; other filters do not count then' },
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
    { names: ['--sort'], metavar: '<key>[:<direction>]', help: 'Keys to sort by, with asc or desc, separated by commas' },
    ...tagFilters,
  ], // prettier-ignore
  async run(app, args) {
    let projects = await listed(app, args);
    projects = sortItems(projects, args.string('sort') ?? '', (project, key) => {
      const value = new Map<string, Value>(Object.entries(project as unknown as Record<string, Value>)).get(
        key,
      ); // JSON of the API
      return value === undefined ? undefined : str(value);
    });
    return args.flag('long')
      ? {
          columns: ['ID', 'Name', 'Domain ID', 'Description', 'Enabled'],
          rows: projects.map(({ id, name, domain_id, description, enabled }) => [
            id,
            name,
            domain_id,
            description,
            enabled,
          ]),
        }
      : { columns: ['ID', 'Name'], rows: projects.map(({ id, name }) => [id, name]) };
  },
};

async function listed(app: App, args: ParsedArgs): Promise<Project[]> {
  const client = keystone(app);
  const domain = args.string('domain');
  const domain_id = domain ? (await findDomain(client, domain)).id : undefined;
  const parent = args.string('parent');
  const parent_id = parent ? (await findProjectIn(client, parent)).id : undefined;
  const name = args.string('user');
  const inDomain = domain_id === undefined ? {} : { domain_id };
  const user = name ? (await findResource(managers(client).users, name, inDomain)).id : undefined;
  const query: ProjectQuery = { ...inDomain, ...(parent_id && { parent_id }), ...tagQuery(args) };
  const me = async (): Promise<string> => (await client.access()).userId;
  if (args.flag('my_projects')) return client.userProjects(await me());
  if (user !== undefined) return client.userProjects(user, query);
  try {
    return await client.projects(query);
  } catch (error) {
    // whoever asks for everything and may not have it gets her own
    if (!(error instanceof ForbiddenException) || Object.keys(query).length > 0) throw error;
    return client.userProjects(await me());
  }
}
