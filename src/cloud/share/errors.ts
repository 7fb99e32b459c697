import { Fault } from '../http/fault';

/** Explanations that webob has where manila gives none. */
const EXPLANATIONS: Readonly<Record<number, string>> = {
  400: 'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  403: 'Access was denied to this resource.',
  404: 'The resource could not be found.',
  409: 'There was a conflict when trying to complete your request.',
  422: 'Unable to process the contained instructions',
  500: 'The server has either erred or is incapable of performing the requested operation.',
  501: 'The requested feature is not modelled in this cloud.',
};

/** An error answer of manila's. */
export class ManilaError extends Fault {
  override readonly name = 'ManilaError';

  constructor(code: number, message = EXPLANATIONS[code] ?? '') {
    super(code, message.replace(/([^.])\.\.$/, '$1.')); // as `ManilaException` does
  }
}

export function badRequest(message?: string): ManilaError {
  return new ManilaError(400, message);
}

export function forbidden(message?: string): ManilaError {
  return new ManilaError(403, message);
}

export function notFound(message?: string): ManilaError {
  return new ManilaError(404, message);
}

export function conflict(message?: string): ManilaError {
  return new ManilaError(409, message);
}

/** `HTTPUnprocessableEntity`. */
export function unprocessable(message?: string): ManilaError {
  return new ManilaError(422, message);
}

/** `exception.InvalidInput`. */
export function invalidInput(reason: string): ManilaError {
  return badRequest(`Invalid input received: ${reason}.`);
}

/** `exception.InvalidShare`. */
export function invalidShare(reason: string): string {
  return `Invalid share: ${reason}.`;
}

/** An exception that no handler of the API translates: the middleware names its class before its words. */
export function uncaught(kind: string, message: string, code = 404): ManilaError {
  return new ManilaError(code, `${kind}: ${message}`);
}

/** What is none of the caller's business, or not there. */
export function resourceNotFound(): ManilaError {
  return uncaught('NotFound', 'Resource could not be found.');
}

/** What this cloud has not, as manila answers what its back end has not. */
export function notModelled(what: string): ManilaError {
  return new ManilaError(501, `${what} is not modelled in this cloud.`);
}
