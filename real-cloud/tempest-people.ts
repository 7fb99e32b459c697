/**
 * The people and the role that the tests expect to be there, in the cloud of AUTH_URL. Runs in the cloud's network.
 *
 *   tempest-people.ts AUTH_URL
 */
import { connect } from '../src/client';
import { PASSWORD } from '../src/cloud/states/people';

const { identity } = connect({
  auth: {
    auth_url: process.argv[2] ?? '',
    username: 'admin',
    password: PASSWORD,
    project_name: 'admin',
    default_domain: 'default',
  },
  region_name: 'RegionOne',
});

/** Swift's functional tests: its own sample.conf has the same names. */
const PEOPLE = [
  { name: 'tester', project: 'test', domain: 'default', role: 'member' },
  { name: 'tester2', project: 'test2', domain: 'default', role: 'member' },
  // in the first one's project, and may do nothing there unless told
  { name: 'tester3', project: 'test', domain: 'default', role: 'reader' },
  { name: 'tester4', project: 'test4', domain: 'test-domain', role: 'member' },
];

await identity.createRole({ name: 'ResellerAdmin' });
const domains = new Map([['default', 'default']]);
const projects = new Map<string, string>();
for (const { name, project, domain, role } of PEOPLE) {
  const domainId = domains.get(domain) ?? (await identity.createDomain({ name: domain })).id;
  domains.set(domain, domainId);
  const projectId =
    projects.get(project) ?? (await identity.createProject({ name: project, domain_id: domainId })).id;
  projects.set(project, projectId);
  const user = await identity.createUser({ name, password: 'testing', domain_id: domainId });
  const roleId = (await identity.findRole(role))?.id ?? '';
  await identity.request(`/projects/${projectId}/users/${user.id}/roles/${roleId}`, { method: 'PUT' });
}
