import { dumps } from '../http/python-json';

/** An error answer of Keystone's. Modelled on `keystone/exception.py`. */
export class KeystoneError extends Error {
  override readonly name = 'KeystoneError';

  constructor(
    readonly code: number,
    readonly title: string,
    message: string,
  ) {
    super(message);
  }

  toJson(): string {
    return dumps({ error: { code: this.code, message: this.message, title: this.title } }, { compact: true });
  }
}

export function unauthorized(): KeystoneError {
  return new KeystoneError(401, 'Unauthorized', 'The request you have made requires authentication.');
}

/** @param action the policy that refused, such as `identity:list_projects`. */
export function forbiddenAction(action: string): KeystoneError {
  return new KeystoneError(403, 'Forbidden', `You are not authorized to perform the requested action: ${action}.`);
}

/** @param kind what was looked for, such as `user`. */
export function notFound(kind: string, id: string): KeystoneError {
  return new KeystoneError(404, 'Not Found', `Could not find ${kind}: ${id}.`);
}

/** @param what the missing member; @param where the place it was looked for. */
export function validationError(what: string, where: string): KeystoneError {
  return badRequest(
    `Expecting to find ${what} in ${where}. The server could not comply with the request since it is either ` +
      'malformed or otherwise incorrect. The client is assumed to be in error.',
  );
}

export function badRequest(message: string): KeystoneError {
  return new KeystoneError(400, 'Bad Request', message);
}

export function conflict(message: string): KeystoneError {
  return new KeystoneError(409, 'Conflict', message);
}
