import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';

/**
 * An error answer of Magnum's: its exceptions, and the form that magnum/api/middleware/parsable_error.py gives them.
 * The title is the first sentence of the detail.
 */
export class MagnumError extends Error {
  override readonly name = 'MagnumError';

  /** @param title in place of the first sentence, for errors that are none of Magnum's own. */
  constructor(
    readonly status: number,
    message: string,
    readonly title?: string,
  ) {
    super(message);
  }

  toResponse(headers: Headers): Response {
    const own = this.title === undefined;
    const error = {
      request_id: '',
      code: own ? (this.status >= 500 ? 'server' : 'client') : '',
      status: this.status,
      title: this.title ?? this.message.split('.', 1)[0],
      detail: this.message,
      links: [],
    };
    headers.set('Content-Type', 'application/json');
    return textResponse(dumps({ errors: [error] }), this.status, headers);
  }
}

export function badRequest(message: string): MagnumError {
  return new MagnumError(400, message);
}

/** `wsme.exc.InvalidInput`. @param value as Python writes it. */
export function invalidInput(field: string, value: string, why: string): MagnumError {
  return badRequest(`Invalid input for field/attribute ${field}. Value: '${value}'. ${why}`);
}

/** `ClusterTemplateNotFound`. */
export function templateNotFound(ident: string): MagnumError {
  return new MagnumError(404, `ClusterTemplate ${ident} could not be found.`);
}

/** What this cloud has not: clusters need the conductor, Heat and more. */
export function notModelled(what: string): MagnumError {
  return new MagnumError(501, `${what} is not modelled in this cloud.`);
}
