/** Makes the start state `course` on the real Keystone and Glance that `cloud.sh up` has just brought up. Runs in the cloud's network. */
import { connect, type CloudConfig } from '../src/client';
import { CIRROS, PASSWORD, USERS } from '../src/cloud/states/people';
import { writeQcow2 } from '../src/disk-image/qcow2-writer';

const KEYSTONE = 'http://127.0.0.1:5000/v3';
const GLANCE = 'http://127.0.0.1:9292';

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
    { name: 'glance', project: 'service', role: 'admin' },
    { name: 'glance', project: 'service', role: 'service' },
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
  const service = await create('service', { name: 'glance', type: 'image' });
  for (const face of ['public', 'internal', 'admin']) {
    await create('endpoint', { service_id: service, interface: face, url: GLANCE, region_id: 'RegionOne' });
  }
}

async function images(): Promise<void> {
  // a login of its own: a token's catalog is as old as the token
  const { image } = connect(config);
  const { os_distro, ...record } = CIRROS;
  const cirros = await image.createImage({ ...record, properties: { os_distro } });
  await image.uploadImage(cirros.id, new Blob([writeQcow2({ size: 64 * 1024 ** 2 })]));
}

await identity();
await images();
