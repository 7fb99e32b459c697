import { badRequest, forbidden, notFound } from './errors';
import type { Nova } from './nova';
import type { AttachmentRecord, ServerRecord } from './state';

/** What nova asks the Volume service: nova/volume/cinder.py. */

const VERSION = { 'OpenStack-API-Version': 'volume 3.44' };
const PATH = '/volume/v3';

/** A volume, as far as nova looks at it. */
export interface Volume {
  id: string;
  size: number;
  status: string;
  bootable: string;
  description?: string | null;
  attachments?: { server_id: string }[];
  volume_image_metadata?: Record<string, string>;
}

/** Asks for a volume. @throws {@link NovaError} 404. */
export async function getVolume(nova: Nova, token: string, id: string): Promise<Volume> {
  const response = await nova.ask(
    token,
    'GET',
    `${PATH}/volumes/${encodeURIComponent(id)}`,
    undefined,
    VERSION,
  );
  if (!response.ok) throw notFound(`Volume ${id} could not be found.`);
  const { volume } = (await response.json()) as { volume: Volume }; // JSON of the Volume API
  return volume;
}

/** Reserves a volume for a server: the id of the attachment. @throws {@link NovaError} 400. */
export async function reserveVolume(
  nova: Nova,
  token: string,
  serverId: string,
  id: string,
): Promise<string> {
  const attachment = { volume_uuid: id, instance_uuid: serverId };
  const response = await nova.ask(token, 'POST', `${PATH}/attachments`, { attachment }, VERSION);
  const body = (await response.json()) as { attachment?: { id: string }; badRequest?: { message: string } }; // JSON of the Volume API
  if (body.attachment === undefined) {
    const message = body.badRequest?.message ?? `Volume ${id} could not be attached.`;
    throw badRequest(`Invalid volume: ${message.replace(/^Invalid volume: /, '')}`);
  }
  return body.attachment.id;
}

/** Attaches what is reserved. */
export async function attachReserved(
  nova: Nova,
  token: string,
  server: ServerRecord,
  volume: AttachmentRecord,
): Promise<void> {
  const connector = {
    host: server.host ?? 'cloud',
    ip: '127.0.0.1',
    initiator: 'fake',
    mountpoint: volume.device,
    mode: 'rw',
    multipath: false,
  };
  const path = `${PATH}/attachments/${volume.attachment_id}`;
  await nova.ask(token, 'PUT', path, { attachment: { connector } }, VERSION);
  await nova.ask(token, 'POST', `${path}/action`, { 'os-complete': volume.attachment_id }, VERSION);
}

/** Lets go of a volume. */
export async function detach(nova: Nova, token: string, volume: AttachmentRecord): Promise<void> {
  await nova.ask(
    token,
    'POST',
    `${PATH}/volumes/${volume.volume_id}/action`,
    { 'os-begin_detaching': null },
    VERSION,
  );
  await deleteAttachment(nova, token, volume);
}

async function deleteAttachment(nova: Nova, token: string, volume: AttachmentRecord): Promise<void> {
  const headers = { ...VERSION, 'X-Service-Token': token };
  await nova.ask(token, 'DELETE', `${PATH}/attachments/${volume.attachment_id}`, undefined, headers);
}

/** Gives back the volumes of a server that is gone, and deletes those that were made for it only. */
export async function releaseVolumes(nova: Nova, server: ServerRecord, token: string): Promise<void> {
  for (const volume of server.volumes) {
    await deleteAttachment(nova, token, volume);
    if (volume.delete_on_termination)
      await nova.ask(token, 'DELETE', `${PATH}/volumes/${volume.volume_id}`, undefined, VERSION);
  }
  server.volumes = [];
}

/** The first letter that no disk has: the fake driver's disks begin with /dev/sda. */
export function freeDevice(server: ServerRecord): string {
  const taken = new Set(server.volumes.map(({ device }) => device));
  const prefix = (server.root_device_name ?? '/dev/sda').slice(0, -1);
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const first = server.root_device_name === null ? 0 : 1;
  const free = [...letters.slice(first)].find((letter) => !taken.has(prefix + letter));
  return prefix + (free ?? 'z');
}

/** A device's letter behind the prefix of the server's disks: nova/compute/utils.py `get_next_device_name`. */
export function deviceLike(server: ServerRecord, device: string): string {
  const prefix = (server.root_device_name ?? '/dev/sda').slice(0, -1);
  const letter = /^\/dev\/(?:x?[a-z]?d)?([a-z]+)[0-9]*$/.exec(device)?.[1];
  return letter === undefined ? device : prefix + letter;
}

/** Takes a snapshot of a volume, in use or not: its id. @throws {@link NovaError} 403 over quota. */
export async function createSnapshotForce(
  nova: Nova,
  token: string,
  volume: Volume,
  name: string,
): Promise<string> {
  const snapshot = { volume_id: volume.id, force: true, name, description: volume.description ?? null };
  const response = await nova.ask(token, 'POST', `${PATH}/snapshots`, { snapshot }, VERSION);
  const body = (await response.json()) as { snapshot?: { id: string } }; // JSON of the Volume API
  if (body.snapshot === undefined) throw forbidden('Quota exceeded, too many snapshots.');
  return body.snapshot.id;
}

/** Makes a volume: its id. @throws {@link NovaError} 400. */
export async function createVolume(nova: Nova, token: string, volume: object): Promise<string> {
  const response = await nova.ask(token, 'POST', `${PATH}/volumes`, { volume }, VERSION);
  const body = (await response.json()) as { volume?: { id: string } } & Record<string, { message?: string }>; // JSON of the Volume API
  if (body.volume !== undefined) return body.volume.id;
  const [error] = Object.values(body as Record<string, { message?: string } | undefined>); // then it is a fault
  throw badRequest(error?.message ?? 'The volume could not be created.');
}
