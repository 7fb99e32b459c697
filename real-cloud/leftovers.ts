/** What a project has of the newer services when the pages are through with it, in the order in which it can be deleted. */
import type { Connection } from '../src/client';

export interface Leftover {
  what: string;
  remove: () => Promise<unknown>;
}

/** @param person who may delete what is in the project; logged in there. */
export async function* leftovers(person: Connection, projectId: string): AsyncGenerator<Leftover> {
  const has = async (serviceType: string) =>
    (await person.session.getEndpoint({ serviceType }).catch(() => undefined)) !== undefined;
  if (await has('shared-file-system')) yield* shares(person);
  if (await has('key-manager')) yield* secrets(person);
  if (await has('object-store')) yield* objects(person);
  if (await has('network')) yield* networks(person, projectId);
}

async function* shares({ share }: Connection): AsyncGenerator<Leftover> {
  for (const { id } of await share.snapshots())
    yield { what: `share snapshot ${id}`, remove: () => share.deleteSnapshot(id) };
  for (const { id } of await share.shares())
    yield { what: `share ${id}`, remove: () => share.deleteShare(id) };
}

async function* secrets({ keyManager }: Connection): AsyncGenerator<Leftover> {
  for (const { order_ref } of await keyManager.orders())
    yield { what: `order ${order_ref}`, remove: () => keyManager.deleteOrder(order_ref) };
  for (const { container_ref } of await keyManager.containers())
    yield { what: `container ${container_ref}`, remove: () => keyManager.deleteContainer(container_ref) };
  for (const { secret_ref } of await keyManager.secrets())
    yield { what: `secret ${secret_ref}`, remove: () => keyManager.deleteSecret(secret_ref) };
}

async function* objects({ objectStore }: Connection): AsyncGenerator<Leftover> {
  for await (const { name } of objectStore.containers()) {
    for await (const object of objectStore.objects(name))
      yield {
        what: `object ${name}/${object.name}`,
        remove: () => objectStore.deleteObject(name, object.name),
      };
    yield { what: `container ${name}`, remove: () => objectStore.deleteContainer(name) };
  }
}

async function* networks({ network }: Connection, project_id: string): AsyncGenerator<Leftover> {
  for (const { id } of await network.ips({ project_id }))
    yield { what: `floating IP ${id}`, remove: () => network.deleteIp(id) };
  for (const port of await network.ports({ project_id })) {
    const { id, device_owner, device_id } = port;
    yield device_owner === 'network:router_interface'
      ? {
          what: `interface ${id} of router ${device_id}`,
          remove: () => network.removeRouterInterface(device_id, { port_id: id }),
        }
      : { what: `port ${id}`, remove: () => network.deletePort(id) };
  }
  for (const { id } of await network.routers({ project_id }))
    yield { what: `router ${id}`, remove: () => network.deleteRouter(id) };
  for (const { id } of await network.networks({ project_id }))
    yield { what: `network ${id}`, remove: () => network.deleteNetwork(id) };
  for (const { id, name } of await network.securityGroups({ project_id }))
    if (name !== 'default')
      yield { what: `security group ${id}`, remove: () => network.deleteSecurityGroup(id) };
  for (const { id } of await network.addressGroups({ project_id }))
    yield { what: `address group ${id}`, remove: () => network.deleteAddressGroup(id) };
}
