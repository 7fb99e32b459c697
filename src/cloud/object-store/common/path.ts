import { error, HTTPException, plainError, type SwiftRequest } from './swob';
import { fromWsgi, unquote } from './text';

/** The two parts of a header such as Destination. `check_path_header`. @throws HTTPException */
export function containerAndObject(
  value: string,
  problem: string,
  plain = false,
): [container: string, object: string] {
  const path = unquote(fromWsgi(value) ?? '') ?? '';
  const [, container, object] = /^\/?([^/]+)\/([^]+)$/.exec(path) ?? [];
  if (container === undefined || object === undefined)
    throw new HTTPException(plain ? plainError(412, problem) : error(412, problem));
  return [container, object];
}

/** The name in a header such as Destination-Account. `check_account_format`. @throws HTTPException */
export function accountName(value: string): string {
  return checkName(unquote(fromWsgi(value) ?? '') ?? '', 'Account');
}

/** A name as it came. `check_name_format`. @throws HTTPException */
export function checkName(name: string, type: 'Account' | 'Container'): string {
  if (name === '') throw new HTTPException(error(412, `${type} name cannot be empty`));
  if (name.includes('/')) throw new HTTPException(error(412, `${type} name cannot contain slashes`));
  return name;
}

/** Where an object is. */
export function objectPath(account: string, container: string, object: string): string {
  return `/v1/${account}/${container}/${object}`;
}

/** Is it a request for an object? */
export function isObject(request: SwiftRequest): boolean {
  const { account, container, object } = request.parts;
  return account !== '' && container !== '' && object !== '';
}

/** Is it one for a container? */
export function isContainer(request: SwiftRequest): boolean {
  const { account, container, object } = request.parts;
  return account !== '' && container !== '' && object === '';
}
