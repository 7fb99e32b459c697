import { Fault } from '../http/fault';

/** An error answer of cinder's. */
export class CinderError extends Fault {
  override readonly name = 'CinderError';
}

export function badRequest(message: string): CinderError {
  return new CinderError(400, message);
}

/** `exception.InvalidInput`. */
export function invalidInput(reason: string): CinderError {
  return badRequest(`Invalid input received: ${reason}`);
}

/** `exception.InvalidVolume`. */
export function invalidVolume(reason: string): CinderError {
  return badRequest(`Invalid volume: ${reason}`);
}

/** `exception.InvalidSnapshot`. */
export function invalidSnapshot(reason: string): CinderError {
  return badRequest(`Invalid snapshot: ${reason}`);
}

export function notFound(message = 'The resource could not be found.'): CinderError {
  return new CinderError(404, message);
}

export function volumeNotFound(id: string): CinderError {
  return notFound(`Volume ${id} could not be found.`);
}

export function snapshotNotFound(id: string): CinderError {
  return notFound(`Snapshot ${id} could not be found.`);
}

export function forbidden(policy: string): CinderError {
  return new CinderError(403, `Policy doesn't allow ${policy} to be performed.`);
}
