import { empty, isObject, json, member, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, forbidden, invalidInput, notFound, uncaught, unprocessable } from './errors';
import { pagination } from './list';
import { checkPolicy } from './policy';
import type { SecurityServiceRecord } from './state';
import { allTenants, textOrNull } from './validation';

const TYPES = ['active_directory', 'ldap', 'kerberos'];
const FIELDS = [
  'name', 'description', 'dns_ip', 'ou', 'server', 'domain', 'user', 'password', 'default_ad_site',
] as const; // prettier-ignore

/** Security services, as records: manila/api/v1/security_service.py. */
export function mountSecurityServices(api: ShareApi): void {
  const { repository, views } = api;
  const { state } = repository;
  const networksOf = ({ id }: SecurityServiceRecord): string[] =>
    state.networks.filter(({ security_services }) => security_services.includes(id)).map((one) => one.id);
  const find = (call: Call): SecurityServiceRecord => {
    const service = state.security_services.find(({ id }) => id === param(call, 'id'));
    if (service === undefined) throw notFound();
    return service;
  };

  const list = (call: Call, detail: boolean): Response => {
    const { context, query } = call;
    checkPolicy(context, `security_service:${detail ? 'detail' : 'index'}`);
    const { limit, offset } = pagination(query);
    const networkId = query.get('share_network_id');
    const network = networkId === null ? undefined : state.networks.find(({ id }) => id === networkId);
    if (networkId !== null && (network === undefined || !repository.owns(context, network)))
      throw uncaught('ShareNetworkNotFound', `Share network ${networkId} could not be found.`);
    const all = allTenants(query) && context.isAdmin;
    // whatever an administrator asks for is compared, also what nothing is called: `remove_invalid_options`
    const filters = [...query].filter(
      ([name]) => !NO_FILTERS.includes(name) && (context.isAdmin || FILTERS.includes(name)),
    );
    const field = (service: object, name: string): unknown =>
      Object.hasOwn(service, name) ? (service as Record<string, unknown>)[name] : undefined; // only compared
    const found = state.security_services.filter(
      (service) =>
        (network === undefined
          ? all || service.project_id === context.projectId
          : network.security_services.includes(service.id)) &&
        filters.every(([name, value]) => field(service, name) === value),
    );
    const services = found.slice(offset, offset + (limit || 1000)).map((service) => ({
      ...views.securityService(context, service, detail),
      ...(detail && { share_networks: networksOf(service) }),
    }));
    return json({ security_services: services });
  };

  api.route('/security-services', {
    GET: (call) => list(call, false),
    POST: (call) => {
      const { context, body } = call;
      checkPolicy(context, 'security_service:create');
      const values = member(body, 'security_service');
      if (values === undefined) throw unprocessable();
      const type = textOrNull(values['type']) ?? 'None';
      if (!TYPES.includes(type)) {
        throw invalidInput(
          `Invalid type ${type} specified for security service. Valid types are ${TYPES.join(',')}`,
        );
      }
      checkSite(call, values, type, 'Cannot create', 'provided, ');
      const service: SecurityServiceRecord = {
        id: repository.ids.uuid('share-security-service'),
        type,
        ...fieldsOf(values),
        project_id: context.projectId,
        created_at: repository.now(),
        updated_at: null,
      };
      state.security_services.push(service);
      return json({ security_service: views.securityService(context, service, true) });
    },
  });
  api.route('/security-services/detail', { GET: (call) => list(call, true) });
  api.route('/security-services/:id', {
    GET: (call) => {
      const service = find(call);
      checkPolicy(call.context, 'security_service:show', service);
      return json({ security_service: views.securityService(call.context, service, true) });
    },
    PUT: (call) => {
      const { context, body } = call;
      if (!isObject(body) || !('security_service' in body)) throw unprocessable();
      const values = member(body, 'security_service') ?? {};
      const service = find(call);
      checkPolicy(context, 'security_service:update', service);
      checkSite(call, values, service.type, 'Cannot create', 'provided. ');
      for (const name of FIELDS) if (name in values) service[name] = textOrNull(values[name]);
      if (typeof values['type'] === 'string') service.type = values['type'];
      service.updated_at = repository.now();
      return json({ security_service: views.securityService(context, service, true) });
    },
    DELETE: (call) => {
      const service = find(call);
      if (networksOf(service).length > 0)
        throw forbidden('Cannot delete security service. It is assigned to share network(s)');
      checkPolicy(call.context, 'security_service:delete', service);
      state.security_services = state.security_services.filter((one) => one !== service);
      return empty(202);
    },
  });
}

const FILTERS: readonly string[] = ['id', 'type', 'name', 'user', 'server', 'dns_ip', 'domain'];
const NO_FILTERS: readonly string[] = ['status', 'all_tenants', 'share_network_id'];

function fieldsOf(values: Json): Pick<SecurityServiceRecord, (typeof FIELDS)[number]> {
  return {
    name: textOrNull(values['name']),
    description: textOrNull(values['description']),
    dns_ip: textOrNull(values['dns_ip']),
    ou: textOrNull(values['ou']),
    server: textOrNull(values['server']),
    domain: textOrNull(values['domain']),
    user: textOrNull(values['user']),
    password: textOrNull(values['password']),
    default_ad_site: textOrNull(values['default_ad_site']),
  };
}

function checkSite({ context }: Call, values: Json, type: string, verb: string, comma: string): void {
  const site = values['default_ad_site'];
  if (!site) return;
  if (context.version < 76) throw badRequest('"default_ad_site" is only supported from API version 2.76.');
  if (type === 'active_directory' && values['server']) {
    throw invalidInput(
      `${verb} security service because both server and 'default_ad_site' were ${comma}Specify either server or 'default_ad_site'.`,
    );
  }
}
