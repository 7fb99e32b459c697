import type { CloudState } from '../cloud';
import { initialComputeState } from '../compute/initial-state';
import type { IdentityState, RoleAssignment } from '../identity/state';
import { SeededIds } from '../ids';
import { PASSWORD, USERS } from './people';

/** Keystone's default roles, strongest first; each implies the next. */
const ROLES = ['admin', 'manager', 'member', 'reader'] as const;

const SERVICES = [
  { name: 'glance', type: 'image', path: '/image' },
  { name: 'keystone', type: 'identity', path: '/identity' },
  { name: 'nova', type: 'compute', path: '/compute/v2.1' },
  { name: 'placement', type: 'placement', path: '/placement' },
  { name: 'cinder', type: 'block-storage', path: '/volume/v3' },
  { name: 'swift', type: 'object-store', path: '/object-store/v1/AUTH_%(project_id)s' },
  { name: 'barbican', type: 'key-manager', path: '/key-manager' },
  { name: 'neutron', type: 'network', path: '/network' },
  { name: 'manila', type: 'shared-file-system', path: '/share/v2' },
  { name: 'magnum', type: 'container-infra', path: '/container-infra/v1' },
] as const;

/** The users admin, demo, partner and viewer, the services, and nothing else. */
export async function empty(): Promise<CloudState> {
  const ids = new SeededIds({ seed: 'learn-openstack', counters: {} });
  const identity = identityState(ids);
  const compute = initialComputeState(ids);
  return {
    version: 1,
    ids: ids.snapshot(),
    identity,
    image: { images: [], members: [], tasks: [], deleted: [], data: {} },
    compute,
  };
}

function identityState(ids: SeededIds): IdentityState {
  const roleIds = new Map(ROLES.map((name) => [name, ids.hex('role')]));
  const roleId = (name: (typeof ROLES)[number] | undefined) =>
    name === undefined ? undefined : roleIds.get(name);
  const roles = ROLES.map((name, i) => ({
    id: roleId(name) ?? '',
    name,
    implies: [roleId(ROLES[i + 1]) ?? []].flat(),
    immutable: true,
  }));

  const projects = [...new Set(USERS.map(({ project }) => project))].map((name) => ({
    id: ids.hex('project'),
    name,
    domain_id: 'default',
    description: `${name} project`,
    enabled: true,
    parent_id: 'default',
  }));
  const projectId = (name: string) => projects.find((project) => project.name === name)?.id ?? '';
  const users = USERS.map(({ name, project }) => ({
    id: ids.hex('user'),
    name,
    domain_id: 'default',
    enabled: true,
    password: PASSWORD,
    // `keystone-manage bootstrap` gives its admin none
    default_project_id: name === 'admin' ? null : projectId(project),
  }));
  const role_assignments: RoleAssignment[] = USERS.map(({ project, role }, i) => ({
    role_id: roleId(role) ?? '',
    user_id: users[i]?.id ?? '',
    project_id: projectId(project),
  }));
  // as `keystone-manage bootstrap` leaves it: the admin may log in to the whole system, too
  role_assignments.push({ role_id: roleId('admin') ?? '', user_id: users[0]?.id ?? '', project_id: null });

  const services = SERVICES.map(({ name, type }) => ({
    id: ids.hex('service'),
    name,
    type,
    description: '',
  }));
  const endpoints = SERVICES.flatMap(({ path }, i) =>
    (['admin', 'internal', 'public'] as const).map((face) => ({
      id: ids.hex('endpoint'),
      interface: face,
      region_id: 'RegionOne',
      service_id: services[i]?.id ?? '',
      path,
    })),
  );
  return {
    domains: [{ id: 'default', name: 'Default', description: 'The default domain', enabled: true }],
    projects,
    users,
    groups: [],
    group_members: [],
    roles,
    role_assignments,
    regions: [{ id: 'RegionOne', description: '' }],
    services,
    endpoints,
    endpoint_projects: [],
    application_credentials: [],
    access_rules: [],
    tokens: [],
  };
}
