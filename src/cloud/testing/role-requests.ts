/** What each role of a project may ask every service: the same requests for the embedded cloud and for a real one. */

type Fetch = (request: Request) => Promise<Response>;

/** From the least to the most. */
export const ROLES = ['reader', 'member', 'manager', 'admin'] as const;

type Asked = readonly [service: string, method: string, path: string, body?: object];

/** `%` is the id of the project, `*` that of the public image. */
export const REQUESTS: readonly Asked[] = [
  ['identity', 'GET', '/v3/users'],
  ['identity', 'GET', '/v3/projects'],
  ['identity', 'GET', '/v3/projects/%'],
  ['identity', 'GET', '/v3/domains'],
  ['identity', 'GET', '/v3/roles'],
  ['identity', 'GET', '/v3/role_assignments'],
  ['identity', 'GET', '/v3/services'],
  ['identity', 'GET', '/v3/endpoints'],
  ['identity', 'GET', '/v3/regions'],
  ['identity', 'POST', '/v3/projects', { project: { name: 'made' } }],
  ['identity', 'POST', '/v3/roles', { role: { name: 'made' } }],
  ['image', 'GET', '/v2/images'],
  ['image', 'POST', '/v2/images', { name: 'made' }],
  ['image', 'POST', '/v2/images', { name: 'made', visibility: 'public' }],
  ['image', 'POST', '/v2/images', { name: 'made', visibility: 'community' }],
  ['image', 'GET', '/v2/metadefs/namespaces'],
  ['image', 'POST', '/v2/metadefs/namespaces', { namespace: 'Made' }],
  ['image', 'GET', '/v2/tasks'],
  ['image', 'PUT', '/v2/images/*/tags/made'],
  ['compute', 'GET', '/servers'],
  ['compute', 'GET', '/servers?all_tenants=1'],
  ['compute', 'GET', '/flavors'],
  ['compute', 'POST', '/flavors', { flavor: { name: 'made', ram: 64, vcpus: 1, disk: 0 } }],
  ['compute', 'GET', '/os-keypairs'],
  ['compute', 'GET', '/os-hypervisors'],
  ['compute', 'GET', '/os-services'],
  ['compute', 'GET', '/os-aggregates'],
  ['compute', 'GET', '/os-availability-zone'],
  ['compute', 'GET', '/os-availability-zone/detail'],
  ['compute', 'GET', '/limits'],
  ['compute', 'GET', '/os-quota-sets/%'],
  ['compute', 'PUT', '/os-quota-sets/%', { quota_set: {} }],
  ['compute', 'GET', '/os-server-groups'],
  ['compute', 'POST', '/os-server-groups', { server_group: { name: 'made', policies: ['affinity'] } }],
  ['block-storage', 'GET', '/volumes'],
  ['block-storage', 'POST', '/volumes', { volume: { size: 1 } }],
  ['block-storage', 'GET', '/types'],
  ['block-storage', 'POST', '/types', { volume_type: { name: 'made' } }],
  ['block-storage', 'GET', '/os-services'],
  ['block-storage', 'GET', '/os-quota-sets/%'],
  ['block-storage', 'GET', '/snapshots'],
  ['block-storage', 'GET', '/qos-specs'],
  ['network', 'GET', '/v2.0/networks'],
  ['network', 'POST', '/v2.0/networks', { network: { name: 'made' } }],
  ['network', 'POST', '/v2.0/networks', { network: { name: 'made', shared: true } }],
  ['network', 'POST', '/v2.0/networks', { network: { name: 'made', 'router:external': true } }],
  ['network', 'POST', '/v2.0/security-groups', { security_group: { name: 'made' } }],
  ['network', 'POST', '/v2.0/routers', { router: { name: 'made' } }],
  ['network', 'POST', '/v2.0/address-groups', { address_group: { name: 'made' } }],
  ['network', 'GET', '/v2.0/agents'],
  ['network', 'GET', '/v2.0/quotas/%'],
  ['network', 'GET', '/v2.0/rbac-policies'],
  ['network', 'GET', '/v2.0/default-security-group-rules'],
  ['key-manager', 'GET', '/v1/secrets'],
  ['key-manager', 'POST', '/v1/secrets', { name: 'made' }],
  ['key-manager', 'GET', '/v1/containers'],
  ['key-manager', 'POST', '/v1/containers', { name: 'made', type: 'generic', secret_refs: [] }],
  ['key-manager', 'GET', '/v1/orders'],
  ['key-manager', 'GET', '/v1/quotas'],
  ['key-manager', 'GET', '/v1/project-quotas'],
  ['object-store', 'GET', ''],
  ['object-store', 'PUT', '/made'],
  ['shared-file-system', 'GET', '/shares'],
  ['shared-file-system', 'GET', '/types'],
  ['shared-file-system', 'GET', '/services'],
  ['shared-file-system', 'GET', '/share-networks'],
  ['shared-file-system', 'GET', '/quota-sets/%'],
  ['shared-file-system', 'GET', '/share-servers'],
  ['shared-file-system', 'POST', '/share-networks', { share_network: { name: 'made' } }],
];

/** Statuses, a role after the other, of every request. What this makes it deletes. */
export async function askEverything(fetch: Fetch, authUrl: string): Promise<Record<string, number[]>> {
  const project = { name: 'role-requests', domain: { id: 'default' } };
  const root = await logIn('admin', { name: 'admin', domain: { id: 'default' } });
  const made: string[] = [];
  const answers: Record<string, number[]> = {};
  try {
    const { id } = await make('projects', { project });
    const { roles } = (await (await send(root, 'GET', `${authUrl}/roles`)).json()) as {
      roles: { id: string; name: string }[];
    };
    for (const role of ROLES) {
      const user = await make('users', {
        user: { name: `role-requests-${role}`, password: 'secret', domain_id: 'default' },
      });
      const roleId = roles.find(({ name }) => name === role)?.id;
      await send(root, 'PUT', `${authUrl}/projects/${id}/users/${user.id}/roles/${roleId}`);
    }
    const people = [];
    for (const role of ROLES) people.push(await logIn(`role-requests-${role}`, project));
    const images = await send(root, 'GET', `${root.endpoint('image')}/v2/images?name=cirros`);
    const image = ((await images.json()) as { images: { id: string }[] }).images[0]?.id ?? '';
    for (const [service, method, path, body] of REQUESTS) {
      const statuses = [];
      for (const person of people) {
        const url = person.endpoint(service) + path.replace('%', id).replace('*', image);
        const answer = await send(person, method, url, body);
        statuses.push(answer.status);
        if (answer.ok && method !== 'GET' && !path.includes('%'))
          await undo(people.at(-1) ?? person, url, answer);
      }
      answers[[service, method, path, ...(body ? [JSON.stringify(body)] : [])].join(' ')] = statuses;
    }
  } finally {
    for (const url of made.reverse()) await send(root, 'DELETE', url);
  }
  return answers;

  type Login = Awaited<ReturnType<typeof logIn>>;

  async function logIn(name: string, project: object) {
    const user = { name, domain: { id: 'default' }, password: 'secret' };
    const auth = { identity: { methods: ['password'], password: { user } }, scope: { project } };
    const answer = await send(undefined, 'POST', `${authUrl}/auth/tokens`, { auth });
    const { token } = (await answer.json()) as {
      token: { catalog: { type: string; endpoints: { interface: string; url: string }[] }[] };
    };
    const endpoint = (type: string) => {
      const aliases =
        type === 'block-storage'
          ? ['block-storage', 'volumev3']
          : type === 'shared-file-system'
            ? [type, 'sharev2']
            : [type];
      const url = token.catalog
        .find((service) => aliases.includes(service.type))
        ?.endpoints.find((each) => each.interface === 'public')?.url;
      if (url === undefined) throw new Error(`no endpoint of ${type}`);
      return url.replace(/\/(v3|v2\.0|v1|v2)?\/?$/, (end) =>
        /^\/v[123]/.test(end) && ['identity', 'image', 'network', 'key-manager'].includes(type)
          ? ''
          : end.replace(/\/$/, ''),
      );
    };
    return { token: answer.headers.get('X-Subject-Token') ?? '', endpoint };
  }

  function send(
    who: Pick<Login, 'token'> | undefined,
    method: string,
    url: string,
    body?: object,
  ): Promise<Response> {
    const headers = {
      Accept: 'application/json',
      ...(body && { 'Content-Type': 'application/json' }),
      ...(who && { 'X-Auth-Token': who.token }),
      ...(url.includes('share') || url.includes(':8786') ? { 'X-OpenStack-Manila-API-Version': '2.80' } : {}),
    };
    return fetch(new Request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
  }

  async function make(collection: string, body: object): Promise<{ id: string }> {
    const answer = (await (await send(root, 'POST', `${authUrl}/${collection}`, body)).json()) as Record<
      string,
      { id: string }
    >;
    const created = Object.values(answer)[0];
    if (created?.id === undefined) throw new Error(JSON.stringify(answer));
    made.push(`${authUrl}/${collection}/${created.id}`);
    return created;
  }

  async function undo(admin: Login, url: string, answer: Response): Promise<void> {
    const text = await answer.text();
    const json: unknown = text === '' ? {} : JSON.parse(text);
    const values = Object.values(json ?? {}) as unknown[];
    const inner = values
      .map((value) => (value as { id?: unknown } | null)?.id)
      .find((id) => typeof id === 'string');
    const { id, namespace, secret_ref, container_ref } = json as Record<string, unknown>;
    const ref = secret_ref ?? container_ref;
    const name = inner ?? id ?? namespace;
    await send(
      admin,
      'DELETE',
      typeof ref === 'string' ? ref : typeof name === 'string' ? `${url}/${name}` : url,
    );
  }
}
