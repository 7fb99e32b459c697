import { dumps } from '../http/python-json';
import { repr } from '../../python/repr';

/** An error answer of Keystone's. Modelled on `keystone/exception.py`. */
export class KeystoneError extends Error {
  override readonly name = 'KeystoneError';

  constructor(
    readonly code: number,
    readonly title: string,
    message: string,
    /** What stands in the body besides code, message and title. */
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }

  toJson(): string {
    const error = { code: this.code, ...this.extra, message: this.message, title: this.title };
    return dumps({ error }, { compact: true });
  }
}

export function unauthorized(): KeystoneError {
  return new KeystoneError(401, 'Unauthorized', 'The request you have made requires authentication.');
}

/** There is no such way to log in. */
export function unsupportedMethod(): KeystoneError {
  const methods = ['external', 'password', 'token', 'oauth1', 'mapped', 'application_credential'];
  return new KeystoneError(401, 'Unauthorized', 'Attempted to authenticate with an unsupported method.', {
    identity: { methods },
  });
}

/** @param id tells a token that was good once from a text that never was one. */
export function unknownToken(id: string | undefined): KeystoneError {
  const was = id?.startsWith('gAAAA') === true;
  const message =
    id === undefined
      ? 'No token in the request'
      : was
        ? 'Failed to validate token'
        : 'Could not recognize Fernet token';
  return new KeystoneError(404, 'Not Found', message);
}

/** @param action the policy that refused, such as `identity:list_projects`. */
export function forbiddenAction(action: string): KeystoneError {
  return new KeystoneError(
    403,
    'Forbidden',
    `You are not authorized to perform the requested action: ${action}.`,
  );
}

/** @param kind what was looked for, such as `user`. */
export function notFound(kind: string, id: string): KeystoneError {
  return new KeystoneError(404, 'Not Found', `Could not find ${kind}: ${id}.`);
}

/** @param what the missing member; @param where the place it was looked for. */
export function validationError(what: string, where: string): KeystoneError {
  return malformed(`Expecting to find ${what} in ${where}.`);
}

/** A 400 with the sentence that Keystone adds to most of them. */
export function malformed(message: string): KeystoneError {
  return badRequest(
    `${message} The server could not comply with the request since it is either malformed or otherwise incorrect. ` +
      'The client is assumed to be in error.',
  );
}

/** @param field the member that is wrong; @param value what stood there; @param why as Python's jsonschema says it. */
export function invalidInput(field: string, value: unknown, why: string): KeystoneError {
  const text = typeof value === 'string' ? value : repr(value);
  return badRequest(`Invalid input for field/attribute ${field}. Value: ${text}. ${why}`);
}

/** @param message the whole sentence. */
export function forbidden(message: string): KeystoneError {
  return new KeystoneError(403, 'Forbidden', message);
}

export function badRequest(message: string): KeystoneError {
  return new KeystoneError(400, 'Bad Request', message);
}

export function conflict(message: string): KeystoneError {
  return new KeystoneError(409, 'Conflict', message);
}

/** What Keystone answers when it stumbled itself; the reason stays in its log. */
export function unexpectedError(): KeystoneError {
  return new KeystoneError(
    500,
    'Internal Server Error',
    'An unexpected error prevented the server from fulfilling your request.',
  );
}
