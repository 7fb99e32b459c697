/** From options to a client: `_get_versioned_client` of glanceclient/shell.py. Reads no clouds.yaml. */
import {
  DiscoveryFailure,
  EndpointNotFound,
  Password,
  Session,
  type Interface,
  type SessionLogEvent,
} from '../../client';
import type { ParsedArgs } from '../arguments';
import { CommandError, NotInSandbox } from '../errors';
import { discoveryMessage, loginMessage } from '../messages';
import type { ProgramContext } from '../program';
import { repr } from '../python';
import { GlanceClient } from './http';

const USER_AGENT = 'glance keystoneauth1/5.10.0 python-requests/2.32.3 CPython/3.13.5';

export async function login(
  context: ProgramContext,
  args: ParsedArgs,
  log: (event: SessionLogEvent) => void,
  onRefusal: (status: number) => void,
): Promise<GlanceClient> {
  const endpoint = args.string('os_image_url');
  const token = args.string('os_auth_token');
  const auth = endpoint && token ? new Password({ auth_url: endpoint, password: '' }) : passwordAuth(args);
  const session = new Session({
    auth,
    fetch: (request) => context.fetch(request),
    now: () => context.now(),
    userAgent: USER_AGENT,
    log,
  });
  if (endpoint && token) return new GlanceClient(session, stripVersion(endpoint), token, onRefusal);
  try {
    await session.getAccess();
    if (endpoint) return new GlanceClient(session, endpoint, undefined, onRefusal);
    const found = await session.getEndpoint({
      serviceType: args.string('os_service_type') || 'image',
      interface: (args.string('os_endpoint_type') || 'public').replace(/URL$/, '') as Interface, // an unknown one finds nothing
      regionName: args.string('os_region_name') || undefined,
    });
    return new GlanceClient(session, found, undefined, onRefusal);
  } catch (error) {
    if (error instanceof DiscoveryFailure) {
      throw new CommandError(
        'Unable to determine the Keystone version to authenticate with using the given auth_url. Identity service may not support API version discovery. ' +
          `Please provide a versioned auth_url instead. error=${discoveryMessage(error)}`,
      );
    }
    throw error instanceof EndpointNotFound ? error : new CommandError(loginMessage(error));
  }
}

/** What is asked for, in the client's order. */
function passwordAuth(args: ParsedArgs): Password {
  const type = args.string('os_auth_type') ?? 'password';
  if (!['password', 'v3password'].includes(type))
    throw new NotInSandbox(
      'glance',
      `the way to log in ${repr(type)}`,
      'https://docs.openstack.org/python-glanceclient/2025.1/cli/details.html',
    );
  const get = (name: string): string | undefined => args.string(`os_${name}`) || undefined;
  const username = get('username');
  if (username === undefined)
    throw new CommandError('You must provide a username via either --os-username or env[OS_USERNAME]');
  const password = get('password');
  if (password === undefined)
    throw new CommandError(
      'You must provide a password via either --os-password, env[OS_PASSWORD], or prompted response',
    );
  const projectName = get('project_name') ?? get('tenant_name');
  const projectId = get('project_id') ?? get('tenant_id');
  if (projectName === undefined && projectId === undefined) {
    throw new CommandError(
      'You must provide a project_id or project_name (with project_domain_name or project_domain_id) via   --os-project-id (env[OS_PROJECT_ID])  --os-project-name (env[OS_PROJECT_NAME]),  --os-project-domain-id (env[OS_PROJECT_DOMAIN_ID])  --os-project-domain-name (env[OS_PROJECT_DOMAIN_NAME])',
    );
  }
  const authUrl = get('auth_url');
  if (authUrl === undefined)
    throw new CommandError('You must provide an auth url via either --os-auth-url or via env[OS_AUTH_URL]');
  return new Password({
    auth_url: authUrl,
    username,
    user_id: get('user_id'),
    user_domain_id: get('user_domain_id'),
    user_domain_name: get('user_domain_name'),
    password,
    project_id: projectId,
    project_name: projectId === undefined ? projectName : undefined,
    project_domain_id: get('project_domain_id'),
    project_domain_name: get('project_domain_name'),
  });
}

/** glanceclient.common.utils.strip_version: only a URL whose path is nothing but the version loses it. */
function stripVersion(url: string): string {
  const endpoint = url.replace(/\/+$/, '');
  const { origin, pathname } = new URL(endpoint);
  return /^\/v\d+\.?\d*/.test(pathname) ? origin : endpoint;
}
