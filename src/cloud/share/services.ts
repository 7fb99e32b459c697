import { SHARE_BACKEND, SHARE_HOST, SHARE_ZONE } from '../states/share';
import { isObject, json, param, type Call, type ShareApi, type Versions } from './call';
import { badRequest, notFound, notModelled, uncaught } from './errors';
import { authorize } from './policy';
import { capabilities, POOL_HOST } from './pools';
import { satisfies } from './scheduler';

/** Services, pools and zones, and what there is none of: manila/api/v2/services.py, manila/api/v1/scheduler_stats.py. */
export function mountServices(api: ShareApi): void {
  mountServiceList(api, '/services', [7]);
  mountServiceList(api, '/os-services', [0, 6]);
  mountPools(api);
  for (const [path, versions] of [
    ['/availability-zones', [7]],
    ['/os-availability-zone', [0, 6]],
  ] as const) {
    api.route(
      path,
      {
        GET: ({ context }) => {
          authorize(context, 'availability_zone:index');
          const zones = api.repository.state.availability_zones;
          return json({ availability_zones: zones.map((zone) => ({ ...zone, updated_at: null })) });
        },
      },
      versions,
    );
  }
  api.route('/extensions', { GET: () => json({ extensions: [] }) });
  mountAbsent(api);
}

function mountServiceList({ repository, route }: ShareApi, path: string, versions: Versions): void {
  const { services } = repository.state;
  route(
    path,
    {
      GET: ({ context, query }) => {
        authorize(context, 'service:index');
        const all = services.map((service) => ({
          id: service.id,
          binary: service.binary,
          host: service.host,
          zone: SHARE_ZONE,
          status: service.disabled ? 'disabled' : 'enabled',
          state: 'up',
          updated_at: repository.now(),
          ...(context.version >= 83 && { disabled_reason: service.disabled_reason }),
          ...(context.version >= 86 && { ensuring: false }),
        }));
        const filters = ['host', 'binary', 'zone', 'state', 'status'] as const;
        const found = all.filter((service) =>
          filters.every((name) => !query.has(name) || service[name] === query.get(name)),
        );
        return json({ services: found });
      },
    },
    versions,
  );
  route(
    `${path}/:action`,
    {
      PUT: (call) => {
        const { context, body } = call;
        authorize(context, 'service:update');
        const action = param(call, 'action');
        if (action !== 'enable' && action !== 'disable') throw notFound();
        const values = isObject(body) ? body : {};
        const reason = action === 'disable' ? values['disabled_reason'] : null;
        if (reason && context.version < 83) {
          throw badRequest(
            "'disabled_reason' option is not supported by this microversion. Use 2.83 or greater microversion to be able to set 'disabled_reason'.",
          );
        }
        const text = typeof reason === 'string' ? reason.trim() : '';
        if (reason && (text === '' || text.length > 255))
          throw badRequest('Disabled reason contains invalid characters or is too long');
        if (!Object.hasOwn(values, 'host') || !Object.hasOwn(values, 'binary')) throw badRequest();
        const { host, binary } = values;
        const service = services.find((one) => one.host === host && one.binary === binary);
        if (service === undefined) {
          throw uncaught(
            'HostBinaryNotFound',
            `Could not find binary ${String(binary)} on host ${String(host)}.`,
          );
        }
        service.disabled = action === 'disable';
        if (context.version >= 83) service.disabled_reason = text || null;
        return json({
          host,
          binary,
          status: service.disabled ? 'disabled' : 'enabled',
          ...(context.version >= 83 && { disabled_reason: text || null }),
        });
      },
      POST: ({ context }) => {
        authorize(context, 'service:ensure_shares');
        throw notModelled('Ensuring shares');
      },
    },
    versions,
  );
}

function mountPools({ repository, route }: ShareApi): void {
  const list = (call: Call, detail: boolean): Response => {
    const { context, query } = call;
    authorize(context, `scheduler_stats:pools:${detail ? 'detail' : 'index'}`);
    const asked = context.version >= 23 ? query.get('share_type') : null;
    const type = asked === null ? undefined : repository.findTypeByNameOrId(context, asked);
    if (asked !== null && type === undefined) throw badRequest(`Share type ${asked} not found.`);
    const pool = {
      name: POOL_HOST,
      host: SHARE_HOST,
      backend: SHARE_BACKEND.section,
      pool: SHARE_BACKEND.pool.pool_name,
    };
    const fits = (['host', 'backend', 'pool'] as const).every((name) => {
      const wanted = query.get(name);
      return wanted === null || matches(pool[name], wanted);
    });
    const enough = type === undefined || satisfies(type.extra_specs);
    const found = fits && enough ? [pool] : [];
    const has = capabilities(repository.now());
    return json({ pools: found.map((one) => (detail ? { ...one, capabilities: has } : one)) });
  };
  route('/scheduler-stats/pools', { GET: (call) => list(call, false) });
  route('/scheduler-stats/pools/detail', { GET: (call) => list(call, true) });
}

/** `re.match`: from the beginning. A pattern that is none matches nothing. */
function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})`).test(text);
  } catch {
    return false;
  }
}

/** What policies call them, where only administrators may look. */
const POLICIES: Readonly<Record<string, string>> = {
  share_servers: 'share_server',
};

/** What this cloud has none of, and does not make: its lists are empty, everything else is said not to be modelled. */
function mountAbsent({ route }: ShareApi): void {
  const groups: readonly (readonly [path: string, key: string, what: string, since: number])[] = [
    ['/share-groups', 'share_groups', 'A share group', 31],
    ['/share-group-snapshots', 'share_group_snapshots', 'A share group snapshot', 31],
    ['/share-replicas', 'share_replicas', 'A share replica', 11],
    ['/share-transfers', 'transfers', 'A share transfer', 77],
    ['/share-backups', 'share_backups', 'A share backup', 80],
    ['/share-servers', 'share_servers', 'A share server', 0],
  ];
  for (const [path, key, what, since] of groups) {
    const none =
      (action: string) =>
      ({ context }: Call): Response => {
        authorize(context, `${POLICIES[key] ?? key}:${action}`);
        return json({ [key]: [] });
      };
    const refuse = (): never => {
      throw notModelled(what);
    };
    route(path, { GET: none('index'), POST: refuse }, [since]);
    route(`${path}/detail`, { GET: none('detail') }, [since]);
    route(
      `${path}/:id`,
      {
        GET: () => {
          throw notFound();
        },
        PUT: refuse,
        DELETE: refuse,
      },
      [since],
    );
    route(`${path}/:id/action`, { POST: refuse }, [since]);
  }
}
