/**
 * Makes the start state `course` on the real services that `cloud.sh` has just brought up. Runs in the cloud's network.
 *
 *   seed.ts catalog     who there is and where the services are: Keystone runs, the others ask it
 *   seed.ts resources   flavors, images, the external network and types of shares: all of them run
 */
import { connect, type CloudConfig } from '../src/client';
import { FLAVORS, HOSTS } from '../src/cloud/states/compute';
import { PUBLIC_NETWORK, PUBLIC_SUBNET } from '../src/cloud/states/network';
import { CIRROS, PASSWORD, USERS } from '../src/cloud/states/people';
import { SHARE_TYPES } from '../src/cloud/states/share';
import { writeQcow2 } from '../src/disk-image/qcow2-writer';

const KEYSTONE = 'http://127.0.0.1:5000/v3';
/** Also the names of the services' own users. Types and names as in the embedded cloud. */
const SERVICES = [
  { name: 'glance', type: 'image', url: 'http://127.0.0.1:9292' },
  { name: 'nova', type: 'compute', url: 'http://127.0.0.1:8774/v2.1' },
  { name: 'placement', type: 'placement', url: 'http://127.0.0.1:8778' },
  { name: 'cinder', type: 'block-storage', url: 'http://127.0.0.1:8776/v3' },
  { name: 'neutron', type: 'network', url: 'http://127.0.0.1:9696' },
  { name: 'barbican', type: 'key-manager', url: 'http://127.0.0.1:9311' },
  { name: 'swift', type: 'object-store', url: 'http://127.0.0.1:8080/v1/AUTH_%(project_id)s' },
  { name: 'manila', type: 'shared-file-system', url: 'http://127.0.0.1:8786/v2' },
  { name: 'magnum', type: 'container-infra', url: 'http://127.0.0.1:9511/v1' },
];

const config: CloudConfig = {
  auth: {
    auth_url: KEYSTONE,
    username: 'admin',
    password: PASSWORD,
    project_name: 'admin',
    default_domain: 'default',
  },
  region_name: 'RegionOne',
};
const { session } = connect(config);

type Named = { id: string; name: string };

async function create(kind: string, body: Record<string, unknown>): Promise<string> {
  const response = await session.request(`/${kind}s`, {
    endpointOverride: KEYSTONE,
    method: 'POST',
    json: { [kind]: body },
  });
  const made = (await response.json()) as Record<string, Named>; // Keystone wraps a resource in its kind
  return made[kind]?.id ?? '';
}

async function find(kind: string, name: string): Promise<string | undefined> {
  const response = await session.request(`/${kind}s`, { endpointOverride: KEYSTONE, query: { name } });
  const found = (await response.json()) as Record<string, Named[]>; // Keystone wraps a list in its kind's plural
  return found[`${kind}s`]?.[0]?.id;
}

async function findOrCreate(kind: string, name: string, body: Record<string, unknown> = {}): Promise<string> {
  return (await find(kind, name)) ?? (await create(kind, { name, ...body }));
}

async function grant(project: string, user: string, role: string): Promise<void> {
  const path = `/projects/${project}/users/${user}/roles/${await findOrCreate('role', role)}`;
  await session.request(path, { endpointOverride: KEYSTONE, method: 'PUT' });
}

async function identity(): Promise<void> {
  const people = [
    ...USERS,
    ...SERVICES.flatMap(({ name }) =>
      ['admin', 'service'].map((role) => ({ name, project: 'service', role })),
    ),
  ];
  for (const { name, project, role } of people) {
    const projectId = await findOrCreate('project', project, {
      domain_id: 'default',
      description: `${project} project`,
    });
    const userId = await findOrCreate('user', name, {
      domain_id: 'default',
      password: PASSWORD,
      default_project_id: projectId,
    });
    await grant(projectId, userId, role);
  }
  const domain_id = await create('domain', { name: 'magnum' });
  const keeper = await create('user', { name: 'magnum_domain_admin', domain_id, password: PASSWORD });
  const role = `/domains/${domain_id}/users/${keeper}/roles/${await findOrCreate('role', 'admin')}`;
  await session.request(role, { endpointOverride: KEYSTONE, method: 'PUT' });
  for (const { name, type, url } of SERVICES) {
    const service = await create('service', { name, type });
    for (const face of ['public', 'internal', 'admin'])
      await create('endpoint', { service_id: service, interface: face, url, region_id: 'RegionOne' });
  }
}

async function images(): Promise<void> {
  // a login of its own: a token's catalog is as old as the token
  const { image } = connect(config);
  const { os_distro, ...record } = CIRROS;
  const cirros = await image.createImage({ ...record, properties: { os_distro } });
  await image.uploadImage(cirros.id, new Blob([writeQcow2({ size: 64 * 1024 ** 2 })]));
}

async function flavors(): Promise<void> {
  for (const flavor of FLAVORS)
    await session.request('/flavors', {
      endpointFilter: { serviceType: 'compute' },
      method: 'POST',
      json: { flavor },
    });
}

async function network(): Promise<void> {
  const make = async (kind: string, body: Record<string, unknown>) => {
    const response = await session.request(`/v2.0/${kind}s`, {
      endpointFilter: { serviceType: 'network' },
      method: 'POST',
      json: { [kind]: body },
    });
    return (await response.json()) as Record<string, Named>; // neutron wraps a resource in its kind
  };
  const made = await make('network', PUBLIC_NETWORK);
  await make('subnet', { ...PUBLIC_SUBNET, network_id: made['network']?.id });
}

/** A microversion that all that the course uses has. */
const MANILA = { 'X-OpenStack-Manila-API-Version': '2.60' };

async function shareTypes(): Promise<void> {
  for (const { name, extra_specs } of SHARE_TYPES)
    await session.request('/types', {
      endpointFilter: { serviceType: 'shared-file-system' },
      method: 'POST',
      headers: MANILA,
      json: { share_type: { name, extra_specs, 'share_type_access:is_public': true } },
    });
}

/** Until every part of a service has said that it is there. */
async function workers(serviceType: string, count: number, path = '/os-services'): Promise<void> {
  for (;;) {
    const response = await session.request(path, { endpointFilter: { serviceType }, headers: MANILA });
    const { services } = (await response.json()) as { services: { state: string }[] }; // they all say it alike
    if (services.filter(({ state }) => state === 'up').length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const STEPS: Readonly<Record<string, () => Promise<unknown>>> = {
  catalog: identity,
  resources: async () => {
    await Promise.all([images(), flavors(), network(), shareTypes()]);
    // conductor, scheduler and hosts; scheduler and volume service; scheduler and share service
    await workers('compute', 2 + HOSTS.length);
    await workers('block-storage', 2);
    await workers('shared-file-system', 2, '/services');
  },
};
await STEPS[process.argv[2] ?? '']?.();
