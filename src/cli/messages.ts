/** How the client words what goes wrong between it and a cloud. */
import { ConnectFailure, DiscoveryFailure, HttpException, reasonPhrase } from '../client';

/** An error while logging in, or from keystoneclient: keystoneauth1/exceptions/http.py. */
export function loginMessage(error: unknown): string {
  if (error instanceof DiscoveryFailure && error.cause !== undefined) {
    return `Could not find versioned identity endpoints when attempting to authenticate. Please check that your auth_url is correct. ${discoveryMessage(error)}`;
  }
  if (error instanceof HttpException) return keystoneMessage(error);
  return message(error);
}

/** Why there was no version document: what is at the bottom of it. */
export function discoveryMessage(error: unknown): string {
  if (error instanceof DiscoveryFailure && error.cause !== undefined) return discoveryMessage(error.cause);
  return error instanceof HttpException ? keystoneMessage(error) : message(error);
}

/**
 * `The request you have made requires authentication. (HTTP 401) (Request-ID: req-…)`. Only JSON says more than
 * the status does.
 */
export function keystoneMessage(error: HttpException): string {
  const id = error.requestId === null ? '' : ` (Request-ID: ${error.requestId})`;
  const words = error.contentType.includes('json') ? error.explanation : '';
  return `${words || reasonPhrase(error.status) || error.reason} (HTTP ${error.status})${id}`;
}

/** Any error of a command. */
export function message(error: unknown): string {
  if (error instanceof ConnectFailure) return connectMessage(error);
  return error instanceof Error ? error.message : String(error);
}

/** What requests and urllib3 say when nobody answers. The object's address is not known here: it is zeros. */
export function connectMessage({ url, cause }: ConnectFailure): string {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const kind = protocol === 'https:' ? 'HTTPS' : 'HTTP';
  const object = `<urllib3.connection.${kind}Connection object at 0x000000000000>`;
  const reason = /ECONNREFUSED/.test(describe(cause))
    ? `NewConnectionError('${object}: Failed to establish a new connection: [Errno 111] Connection refused')`
    : `NameResolutionError("${object}: Failed to resolve '${hostname}' ([Errno -2] Name or service not known)")`;
  const number = port || (kind === 'HTTPS' ? '443' : '80');
  return `Unable to establish connection to ${url}: ${kind}ConnectionPool(host='${hostname}', port=${number}): Max retries exceeded with url: ${pathname}${search} (Caused by ${reason})`;
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? String(cause.code) : '';
  return `${code} ${cause.message}`;
}
