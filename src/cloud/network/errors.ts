import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';

/**
 * An error answer of neutron's. Modelled on `convert_exception_to_http_exc` of neutron/api/api_common.py.
 *
 * @param type the name of the exception class: neutron_lib/exceptions, or one of webob's.
 */
export class NeutronError extends Error {
  override readonly name = 'NeutronError';

  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }

  toResponse(headers: Headers): Response {
    headers.set('Content-Type', 'application/json');
    const NeutronError = { type: this.type, message: this.message, detail: '' };
    return textResponse(dumps({ NeutronError }), this.status, headers);
  }
}

/** What webob says, for errors of the HTTP layer. */
export function badRequest(message: string): NeutronError {
  return new NeutronError(400, 'HTTPBadRequest', message);
}

/** `exceptions.InvalidInput`. */
export function invalidInput(message: string): NeutronError {
  return new NeutronError(400, 'InvalidInput', `Invalid input for operation: ${message}.`);
}

/** An exception of neutron's with a 400 and words of its own. */
export function invalid(type: string, message: string): NeutronError {
  return new NeutronError(400, type, message);
}

/** `exceptions.BadRequest`. */
export function badResource(resource: string, message: string): NeutronError {
  return new NeutronError(400, 'BadRequest', `Bad ${resource} request: ${message}.`);
}

export function notFound(type = 'HTTPNotFound', message = 'The resource could not be found.'): NeutronError {
  return new NeutronError(404, type, message);
}

export function conflict(type: string, message: string): NeutronError {
  return new NeutronError(409, type, message);
}

export function methodNotAllowed(): NeutronError {
  return new NeutronError(
    405,
    'HTTPMethodNotAllowed',
    'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  );
}

/** A refusal of the policy engine. @param rule as it writes it, such as `rule:create_network`. */
export function disallowed(rule: string): NeutronError {
  return new NeutronError(403, 'PolicyNotAuthorized', `${rule} is disallowed by policy`);
}

export function networkNotFound(id: unknown): NeutronError {
  return notFound('NetworkNotFound', `Network ${String(id)} could not be found.`);
}

export function subnetNotFound(id: unknown): NeutronError {
  return notFound('SubnetNotFound', `Subnet ${String(id)} could not be found.`);
}

export function portNotFound(id: unknown): NeutronError {
  return notFound('PortNotFound', `Port ${String(id)} could not be found.`);
}

export function securityGroupNotFound(id: unknown): NeutronError {
  return notFound('SecurityGroupNotFound', `Security group ${String(id)} does not exist`);
}
