/** Logging in: `get_auth` of swiftclient/client.py on keystoneclient. Reads no clouds.yaml. */
import {
  AccessInfo,
  HttpException,
  httpException,
  reasonPhrase,
  type Interface,
  type Token,
} from '../../client';
import { keystoneMessage } from '../messages';
import { repr } from '../python';
import { ClientException, Exit, RequestError } from './exceptions';
import type { Login } from './options';
import type { Transport } from './transport';

/** Where the account is, and what proves who is asking. */
export interface Access {
  url: string;
  token: string;
}

/** @throws {@link ClientException} for whatever Keystone does not like. */
export async function getAuth(transport: Transport, login: Login): Promise<Access> {
  const { authVersion, os } = login;
  let access: Access;
  if (['1', '1.0'].includes(authVersion)) access = await authV1(transport, login);
  else if (['2.0', '3'].includes(authVersion)) {
    const project = os.tenant_name ?? os.tenant_id ?? os.project_name ?? os.project_id;
    if (os.auth_type !== 'v3applicationcredential' && !project) {
      throw new ClientException(
        authVersion === '3' ? 'No project name or project id specified.' : 'No tenant specified',
      );
    }
    access = await authKeystone(transport, login);
  } else throw new ClientException(`Unknown auth_version ${authVersion} specified and no session found.`);
  return { ...access, url: os.storage_url ?? access.url };
}

/** Swift's own way to log in, of before there was Keystone. */
async function authV1(transport: Transport, { auth, user, key, snet }: Login): Promise<Access> {
  const headers = { 'X-Auth-User': user, 'X-Auth-Key': key };
  const { response, body } = await transport.send('GET', auth, { headers });
  const storageUrl = response.headers.get('x-storage-url');
  if (!response.ok || (body.length > 0 && storageUrl === null))
    throw transport.exception('Auth GET failed', auth, response, body);
  const url = new URL(storageUrl ?? auth);
  if (snet) url.hostname = `snet-${url.hostname}`;
  const token = response.headers.get('x-storage-token') ?? response.headers.get('x-auth-token') ?? '';
  return { url: url.href, token };
}

async function authKeystone(transport: Transport, login: Login): Promise<Access> {
  let { auth: authUrl, authVersion: version } = login;
  const path = (URL.canParse(authUrl) ? new URL(authUrl).pathname : authUrl).replace(/\/+$/, '');
  if (!/^v[2-3](?:\.0)?$/.test(path.split('/').at(-1) ?? '')) {
    authUrl = `${authUrl.replace(/\/+$/, '')}/${version === '2.0' ? 'v2.0' : 'v3'}`;
    if (version !== '2.0') version = '3';
    transport.log.debug('swiftclient', `Versionless auth_url - using ${authUrl} as endpoint`);
  }
  const type = login.os.auth_type;
  if (type && !['password', 'v2password', 'v3password', 'v3applicationcredential'].includes(type))
    throw new ClientException('Swiftclient currently only supports v3applicationcredential for auth_type');
  if (version === '2.0') return authV2(transport, authUrl, login);
  const access = await authV3(transport, authUrl, login);
  const {
    region_name: regionName,
    endpoint_type: face = 'publicURL',
    service_type: serviceType = 'object-store',
  } = login.os;
  const url = access.urlFor({
    serviceType,
    interface: face.replace(/URL$/, '') as Interface, // an unknown one finds nothing
    regionName,
  });
  if (url === undefined)
    throw new ClientException(`Endpoint for ${serviceType} not found - have you specified a region?`);
  return { url, token: access.authToken };
}

/** Identity v2, which no Keystone has any more. */
async function authV2(transport: Transport, authUrl: string, { user, key, os }: Login): Promise<Access> {
  const tenant = { tenantName: os.tenant_name ?? os.project_name, tenantId: os.tenant_id ?? os.project_id };
  const json = { auth: { passwordCredentials: { username: user, password: key }, ...tenant } };
  const failure = await post(transport, `${authUrl}/tokens`, json, 'Failed');
  if (failure.ok) throw new Exit(`swift: Identity v2 is not in this sandbox`);
  throw new ClientException(
    failure.status === 401
      ? 'Unauthorized. Check username, password and tenant name/id.'
      : `Authorization Failure. Authorization Failed: ${await refusal(failure, authUrl)}`,
  );
}

async function authV3(transport: Transport, authUrl: string, { user, key, os }: Login): Promise<AccessInfo> {
  const credential = os.auth_type === 'v3applicationcredential';
  const url = `${authUrl.replace(/\/+$/, '')}/auth/tokens`;
  if (!URL.canParse(url))
    throw new ClientException(
      'Authorization Failure. There was no suitable authentication url for this request',
    );
  const logger = credential ? 'keystoneauth.identity.v3.base' : 'keystoneclient.auth.identity.v3.base';
  transport.log.debug(logger, `Making authentication request to ${url}`);
  const identity = credential
    ? {
        methods: ['application_credential'],
        application_credential: {
          id: os.application_credential_id,
          secret: os.application_credential_secret,
        },
      }
    : passwordIdentity(user, key, os);
  const response = await post(
    transport,
    url,
    { auth: { identity, ...(!credential && scope(os)) } },
    'failed',
  );
  if (response.status === 401) {
    throw new ClientException(
      credential
        ? 'Unauthorized. Check application credential id and secret.'
        : 'Unauthorized. Check username/id, password, tenant name/id and user/tenant domain name/id.',
    );
  }
  if (!response.ok) {
    const why = await refusal(response, url);
    // the real client does not expect this one, and shows where it was in its code
    if (credential) throw new Exit(`keystoneauth1.exceptions.http.${className(response.status)}: ${why}`);
    throw new ClientException(`Authorization Failure. Authorization failed: ${why}`);
  }
  const text = await response.text();
  transport.log.debug(logger, text);
  const { token } = JSON.parse(text) as { token: Token }; // the API's contract
  return new AccessInfo(response.headers.get('x-subject-token') ?? '', token);
}

function className(status: number): string {
  return reasonPhrase(status).replaceAll(' ', '');
}

type Os = Login['os'];

function passwordIdentity(user: string, password: string, os: Os): object {
  const domain = os.user_domain_id ?? (os.user_domain_name === undefined ? 'default' : undefined);
  const who = os.user_id
    ? { id: os.user_id }
    : { name: user, domain: domain === undefined ? { name: os.user_domain_name } : { id: domain } };
  const byPassword = { password: { user: { ...who, password } } };
  if (os.auth_token === undefined) return { methods: ['password'], ...byPassword };
  return { methods: ['token', 'password'], token: { id: os.auth_token }, ...byPassword };
}

function scope(os: Os): object {
  const id = os.project_id ?? os.tenant_id;
  if (id) return { scope: { project: { id } } };
  const domain = os.project_domain_id ?? (os.project_domain_name === undefined ? 'default' : undefined);
  const name = os.project_name ?? os.tenant_name;
  return {
    scope: {
      project: { name, domain: domain === undefined ? { name: os.project_domain_name } : { id: domain } },
    },
  };
}

async function post(transport: Transport, url: string, json: object, verb: string): Promise<Response> {
  try {
    transport.log.connecting(url);
    const response = await transport.fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'User-Agent': 'python-keystoneclient',
      },
      body: JSON.stringify(json),
    });
    transport.log.wire('POST', url, response);
    return response;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new ClientException(
      `Authorization Failure. Authorization ${verb}: Unable to establish connection to ${url}`,
    );
  }
}

/** A refusal in keystoneauth's words. */
async function refusal(response: Response, url: string): Promise<string> {
  const error = await httpException(response, { method: 'POST', url });
  return error instanceof HttpException ? keystoneMessage(error) : repr(String(error));
}
