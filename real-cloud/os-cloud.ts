/**
 * A cloud of your clouds.yaml as the place of a replay. The people of the pages get a domain of their own there, with a
 * password nobody knows, and all of it goes away at the end: through {@link Guard} nothing else can be changed.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getOne } from '../src/cli/cloud-config';
import { connect, type CloudConfig, type Connection } from '../src/client';
import { CIRROS, USERS } from '../src/cloud/states/people';
import { writeQcow2 } from '../src/disk-image/qcow2-writer';
import type { Login } from '../src/shell/home';
import { Guard } from './guard';
import { leftovers } from './leftovers';
import type { Target } from './targets';

export interface OsCloud extends Target {
  login: Login;
}

/**
 * @param name of the entry in clouds.yaml; its user may make users and public images.
 * @param say hears what is made and what is deleted.
 */
export async function osCloud(name: string, say: (text: string) => void): Promise<OsCloud> {
  const { cloud, regionName } = await logIn(name);
  const access = await cloud.identity.access();
  const [keystone, glance] = await Promise.all(
    ['identity', 'image'].map((serviceType) => cloud.session.getEndpoint({ serviceType })),
  );
  if (keystone === undefined || glance === undefined)
    throw new Error(`${name} has no Identity or no Image service`);
  const guard = new Guard();
  const place = new Place(cloud, { authUrl: keystone.replace(/\/(v3\/?)?$/, '/v3'), regionName }, guard, say);
  try {
    const authUrl = await guard.standFor(keystone.replace(/\/(v3\/?)?$/, '/v3'));
    // every service, so that nothing is reached but through it
    for (const { endpoints } of access.catalog) for (const { url } of endpoints) await guard.standFor(url);
    say(`${name}: ${keystone}, ${glance}, as ${access.token.user.name}`);
    const login = await place.makePeople();
    return { authUrl, login, fresh: (state) => place.fresh(state), close: () => place.close() };
  } catch (error) {
    await place.close();
    throw error;
  }
}

async function logIn(name: string): Promise<{ cloud: Connection; regionName: string | undefined }> {
  const files = {
    open: async (path: string) => new Blob([await readFile(path)]),
    stat: async (path: string) =>
      readFile(path).then(
        ({ length: size }) => ({ type: 'file' as const, size, mtime: new Date(0) }),
        () => undefined,
      ),
    write: () => Promise.reject(new Error('read only')),
    list: () => Promise.reject(new Error('no folders')),
    makeFolder: () => Promise.reject(new Error('read only')),
    setTime: () => Promise.reject(new Error('read only')),
  };
  const env = Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value ?? '']));
  const { authType, auth, regionName } = await getOne({ env, files, options: {}, cloud: name });
  // clouds.yaml says what it is; the login fails if that is not enough
  const config = { auth_type: authType, auth, region_name: regionName } as unknown as CloudConfig;
  return { cloud: connect(config), regionName };
}

/** What the replay has on somebody's cloud. */
class Place {
  /** In the order in which it was made. */
  readonly #made: { what: string; remove: () => Promise<unknown> }[] = [];
  #cirros: string | undefined;
  /** Ids; all that is in them is ours. */
  readonly #projects = new Map<string, string>();
  #login: Login | undefined;

  constructor(
    private readonly cloud: Connection,
    private readonly where: { authUrl: string; regionName: string | undefined },
    private readonly guard: Guard,
    private readonly say: (text: string) => void,
  ) {}

  async makePeople(): Promise<Login> {
    const { identity } = this.cloud;
    const password = randomBytes(12).toString('hex');
    const name = `learn-openstack-${randomBytes(4).toString('hex')}`;
    this.#login = { domain: name, password };
    const domain = await identity.createDomain({
      name,
      description: 'A replay of Learn OpenStack; deleted when it ends',
    });
    this.#add(`domain ${name}`, domain.id, async () => {
      await identity.updateDomain(domain.id, { enabled: false });
      await identity.deleteDomain(domain.id);
    });
    for (const project of new Set(USERS.map((user) => user.project))) {
      const { id } = await identity.createProject({ name: project, domain_id: domain.id });
      this.#projects.set(project, id);
      this.#add(`project ${project}`, id, () => identity.deleteProject(id));
    }
    for (const { name: user, project, role } of USERS) {
      const { id } = await identity.createUser({ name: user, password, domain_id: domain.id });
      this.#add(`user ${user}`, id, () => identity.deleteUser(id));
      const path = `/projects/${this.#projects.get(project)}/users/${id}/roles/${await this.#role(role)}`;
      await identity.request(path, { method: 'PUT' });
    }
    return this.#login;
  }

  async fresh(state: string): Promise<void> {
    await this.#removeMade();
    const { image } = this.cloud;
    if (this.#cirros !== undefined) await image.deleteImage(this.#cirros).catch(() => undefined);
    this.#cirros = undefined;
    const found = await image.findImage(CIRROS.name).catch(() => 'more than one');
    if (state === 'empty' || found !== undefined) return;
    const { os_distro, ...record } = CIRROS;
    const { id } = await image.createImage({ ...record, properties: { os_distro } });
    this.#cirros = id;
    this.guard.allow(id);
    await image.uploadImage(id, new Blob([writeQcow2({ size: 64 * 1024 ** 2 })]));
  }

  /** Deletes all that was made, and says what could not be. */
  async close(): Promise<void> {
    await this.#removeMade();
    if (this.#cirros !== undefined)
      await this.#try('image cirros', () => this.cloud.image.deleteImage(this.#cirros ?? ''));
    for (const { what, remove } of this.#made.splice(0).reverse()) await this.#try(what, remove);
    await this.guard.close();
  }

  /** What the pages made since the last time; they deleted some of it themselves. */
  async #removeMade(): Promise<void> {
    for (const project of this.#projects.values()) await this.#empty(project);
    for (const [name, id] of this.#projects) await this.#emptyAsPerson(name, id);
    for (const { url, token } of this.guard.takeMade()) {
      const request = async (method: string) => {
        if (!url.pathname.includes('/os-keypairs/'))
          return this.cloud.session.request(url.pathname, { endpointOverride: url.origin, method });
        // only who made one can
        const response = await fetch(url, { method, headers: { 'x-auth-token': token } });
        if (!response.ok) throw new Error(`${method}: ${response.status}`);
        return response;
      };
      const there = await request('GET').then(
        (response) => response.json() as Promise<{ protected?: boolean; name?: string }>, // an image, or something else
        () => undefined,
      );
      if (there === undefined) continue;
      await this.#try(url.pathname, async () => {
        if (there.protected === true) await this.#unprotect(url);
        await request('DELETE');
      });
    }
  }

  /** What services made there for the pages: volumes of servers, images of servers and volumes. In the order in which it can go. */
  async #empty(project: string): Promise<void> {
    const all = { all_tenants: '1', project_id: project };
    await this.#emptyList('compute', '/servers', 'servers', all);
    await this.#emptyList('block-storage', '/snapshots', 'snapshots', all);
    await this.#emptyList('block-storage', '/volumes', 'volumes', all);
    await this.#emptyList('image', '/v2/images', 'images', { owner: project });
  }

  /** What only the project's own people see or may delete. */
  async #emptyAsPerson(project: string, id: string): Promise<void> {
    const user = USERS.find((each) => each.project === project && each.role !== 'reader');
    if (user === undefined || this.#login === undefined) return;
    const { domain, password } = this.#login;
    const { authUrl: auth_url, regionName } = this.where;
    const person = connect({
      auth: {
        auth_url,
        username: user.name,
        password,
        project_name: project,
        user_domain_name: domain,
        project_domain_name: domain,
      },
      region_name: regionName,
    });
    for await (const { what, remove } of leftovers(person, id)) await this.#try(what, remove);
  }

  async #emptyList(
    serviceType: string,
    path: string,
    key: string,
    query: Record<string, string>,
  ): Promise<void> {
    const { session } = this.cloud;
    const endpoint = await session.getEndpoint({ serviceType }).catch(() => undefined);
    if (endpoint === undefined) return;
    const endpointOverride = endpoint.replace(/\/v2\/?$/, key === 'images' ? '' : '/v2');
    const list = async () => {
      const response = await session.request(path, { endpointOverride, query });
      const answer = (await response.json()) as Record<string, { id: string; protected?: boolean }[]>; // each calls its list by its name
      return answer[key] ?? [];
    };
    for (const { id, protected: isProtected } of await list())
      await this.#try(`${key} ${id}`, async () => {
        if (isProtected === true) await this.#unprotect(new URL(`${endpoint}/${id}`));
        await session.request(`${path}/${id}`, { endpointOverride, method: 'DELETE' });
      });
    // what is being deleted still holds what it uses
    for (let tries = 0; (await list()).length > 0; tries++) {
      if (tries === 120)
        return this.say(`COULD NOT DELETE all ${key} of project ${query['project_id'] ?? query['owner']}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async #unprotect({ pathname }: URL): Promise<void> {
    const id = pathname.split('/').at(-1) ?? '';
    await this.cloud.image.patchImage(id, [{ op: 'replace', path: '/protected', value: false }]);
  }

  async #role(name: string): Promise<string> {
    const { identity } = this.cloud;
    const found = await identity.findRole(name);
    if (found) return found.id;
    const { id } = await identity.createRole({ name });
    this.#add(`role ${name}`, id, () => identity.deleteRole(id));
    return id;
  }

  #add(what: string, id: string, remove: () => Promise<unknown>): void {
    this.say(`made ${what} (${id})`);
    this.guard.allow(id);
    this.#made.push({ what: `${what} (${id})`, remove });
  }

  async #try(what: string, remove: () => Promise<unknown>): Promise<void> {
    try {
      await remove();
      this.say(`deleted ${what}`);
    } catch (error) {
      this.say(`COULD NOT DELETE ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
