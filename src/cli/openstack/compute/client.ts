/** The services that Compute commands talk to, and lookups that they share. */
import {
  EndpointNotFound,
  NotFoundException,
  ResourceNotFound,
  type ComputeClient,
  type ImageClient,
  type RequestOptions,
} from '../../../client';
import { CommandError } from '../../errors';
import { message } from '../../messages';
import type { App } from '../app';
import { findUserIn } from '../identity/common';
import { keystone } from '../identity/keystone';

export function compute(app: App): ComputeClient {
  return app.connection.compute;
}

/** Image, whose version the client looks up as soon as a command might need it. */
export async function image(app: App): Promise<ImageClient> {
  await app.connection.session.getEndpoint({ ...endpoint(app, 'image'), version: 2 });
  return app.connection.image;
}

/** Where the catalog has a service. */
export function endpoint(app: App, serviceType: string) {
  const face = (['public', 'internal', 'admin'] as const).find((one) => one === app.region.interface);
  return { serviceType, regionName: app.region.regionName, ...(face && { interface: face }) };
}

/** Whether the catalog has a service. */
export async function hasEndpoint(app: App, serviceType: string): Promise<boolean> {
  const access = await app.connection.session.getAccess();
  return access.urlFor(endpoint(app, serviceType)) !== undefined;
}

/** A request to the Volume service, as the SDK sends it. @throws {@link EndpointNotFound} */
export async function request(
  app: App,
  serviceType: 'block-storage',
  path: string,
  options: RequestOptions = {},
): Promise<Record<string, unknown>> {
  const endpointFilter = endpoint(app, serviceType);
  const response = await app.connection.session.request(path, { endpointFilter, ...options });
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>; // the API's contract
}

/** The id of a volume, by id or name, as `find_volume` of openstacksdk has it. @throws {@link ResourceNotFound} */
export async function findVolume(app: App, nameOrId: string): Promise<string> {
  try {
    const one = await request(app, 'block-storage', `/volumes/${encodeURIComponent(nameOrId)}`);
    return (one.volume as { id: string }).id; // the API's contract
  } catch (error) {
    if (error instanceof EndpointNotFound || !(error instanceof NotFoundException)) throw error;
  }
  const list = await request(app, 'block-storage', '/volumes/detail', {
    query: { name: nameOrId },
    headers: { Accept: 'application/json' },
  });
  const found = (list.volumes as { id: string; name: string }[]).filter(
    ({ id, name }) => id === nameOrId || name === nameOrId,
  ); // the API's contract
  if (found.length > 1) throw new CommandError(`More than one Volume exists with the name '${nameOrId}'.`);
  if (found[0] === undefined) throw new ResourceNotFound(`No Volume found for ${nameOrId}`);
  return found[0].id;
}

/** @throws {@link CommandError} when the microversion is not to be had. */
export async function need(app: App, microversion: string, words: string): Promise<void> {
  if (!(await compute(app).supports(microversion))) throw new CommandError(words);
}

/** {@link need} for an option, in the words of most commands. */
export function needFor(app: App, microversion: string, option: string): Promise<void> {
  return need(
    app,
    microversion,
    `--os-compute-api-version ${microversion} or greater is required to support the ${option} option`,
  );
}

/** The id of `--user`, as keystoneclient finds it. */
export async function userId(app: App, name: string, domain: string | undefined): Promise<string> {
  return (await findUserIn(keystone(app), name, domain)).id;
}

/** Does the same with each of several; tells what failed and fails if anything did. */
export async function forEach(
  app: App,
  names: readonly string[],
  act: (name: string) => Promise<void>,
  failed: (name: string, why: string) => string,
  total: string,
): Promise<void> {
  let failures = 0;
  for (const name of names) {
    try {
      await act(name);
    } catch (error) {
      failures++;
      app.log('error', failed(name, message(error)));
    }
  }
  if (failures > 0) throw new CommandError(`${failures} of ${names.length} ${total}`);
}

/** The SDK does not mind when what is to go has gone. */
export async function ignoringMissing(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}
