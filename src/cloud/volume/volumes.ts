import { json, empty, param, type Call, type VolumeApi } from './call';
import { createVolume } from './create';
import { forbidden, invalidVolume, volumeNotFound } from './errors';
import { inScope, listPage, matchesMetadata } from './list';
import type { VolumeRepository } from './repository';
import { updateVolume } from './schemas';
import type { VolumeRecord } from './state';
import { boolFromString, textOrNull, texts, validate } from './validation';

const DELETABLE = ['available', 'error', 'error_restoring', 'error_extending', 'error_managing'];
const DELETE_SECONDS = 1;

/** `/volumes` and what is right below it: cinder/api/v3/volumes.py. */
export function mountVolumes(api: VolumeApi): void {
  const { repository, views } = api;

  const list = (call: Call, detail: boolean): Response => {
    const { context } = call;
    const page = listVolumes(api, call, detail);
    const volumes = page.items.map((volume) =>
      detail ? views.volume(context, volume, true) : views.volumeSummary(context, volume),
    );
    return json({
      volumes,
      ...(page.next !== undefined && { volumes_links: [{ rel: 'next', href: page.next }] }),
      ...(context.version >= 45 && boolFromString(call.query.get('with_count')) && { count: page.count }),
    });
  };

  api.route('/volumes', {
    GET: (call) => list(call, false),
    POST: async ({ context, body }) => {
      const volume = await createVolume(context, body, api);
      return json({ volume: views.volume(context, volume, false) }, 202);
    },
  });
  api.route('/volumes/detail', { GET: (call) => list(call, true) });
  api.route(
    '/volumes/summary',
    {
      GET: ({ context, query }) => {
        const volumes = repository.state.volumes.filter(({ project_id }) =>
          inScope(context, query, project_id),
        );
        const total_size = volumes.reduce((sum, { size }) => sum + size, 0);
        const summary = { total_count: volumes.length, total_size };
        const metadata = context.version >= 36 ? { metadata: distinctMetadata(volumes) } : {};
        return json({ 'volume-summary': { ...summary, ...metadata } });
      },
    },
    12,
  );
  api.route('/volumes/:id', {
    GET: (call) => {
      const volume = repository.volume(call.context, param(call, 'id'));
      return json({ volume: views.volume(call.context, volume, true) });
    },
    PUT: (call) => {
      const { context } = call;
      const wanted = validate(call.body, updateVolume(context.version), 'volume');
      const volume = repository.volume(context, param(call, 'id'));
      if (volume.status === 'maintenance')
        throw invalidVolume('The volume cannot be updated during maintenance.');
      const name = 'name' in wanted ? wanted.name : wanted.display_name;
      const description = 'description' in wanted ? wanted.description : wanted.display_description;
      if (name !== undefined) volume.display_name = textOrNull(name)?.trim() ?? null;
      if (description !== undefined) volume.display_description = textOrNull(description)?.trim() ?? null;
      if (wanted.metadata !== undefined) volume.metadata = texts(wanted.metadata);
      if (Object.keys(wanted).length > 0) volume.updated_at = repository.now();
      return json({ volume: views.volume(context, volume, false) });
    },
    DELETE: (call) => {
      const { context, query } = call;
      const volume = repository.volume(context, param(call, 'id'));
      const force = context.version >= 23 && boolFromString(query.get('force'));
      if (force && !context.isAdmin) throw forbidden('volume:force_delete');
      deleteVolume(repository, volume, { force, cascade: boolFromString(query.get('cascade')) });
      return empty(202);
    },
  });
}

/** `delete` of cinder/volume/api.py. @throws {@link CinderError} 400 while something hangs on the volume. */
export function deleteVolume(
  repository: VolumeRepository,
  volume: VolumeRecord,
  { force, cascade }: { force: boolean; cascade: boolean },
): void {
  const snapshots = repository.snapshotsOf(volume.id);
  const free = cascade
    ? snapshots.every(({ status }) => force || ['available', 'error', 'deleting'].includes(status))
    : snapshots.length === 0;
  if (!free || volume.attach_status === 'attached' || !(force || DELETABLE.includes(volume.status))) {
    const status = force ? '' : `status must be ${DELETABLE.join(' or ')} and `;
    throw invalidVolume(
      `Volume ${status}must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.`,
    );
  }
  for (const snapshot of snapshots) {
    snapshot.status = 'deleting';
    repository.later(DELETE_SECONDS, { kind: 'snapshot-delete', id: snapshot.id });
  }
  // one that no host was found for is gone at once
  if (volume.host === null) {
    repository.state.volumes = repository.state.volumes.filter((one) => one !== volume);
    return;
  }
  volume.status = 'deleting';
  volume.updated_at = repository.now();
  repository.later(DELETE_SECONDS, { kind: 'delete', id: volume.id });
}

function listVolumes(api: VolumeApi, { context, query }: Call, detail: boolean) {
  const { repository, views } = api;
  const { version } = context;
  const name = (volume: VolumeRecord) => volume.display_name;
  return listPage<VolumeRecord>(query, {
    items: repository.state.volumes.filter(({ project_id }) => inScope(context, query, project_id)),
    sortable: {
      id: ({ id }) => id,
      name,
      display_name: name,
      status: ({ status }) => status,
      size: ({ size }) => size,
      created_at: ({ created_at }) => created_at,
      updated_at: ({ updated_at }) => updated_at,
      availability_zone: ({ availability_zone }) => availability_zone,
      bootable: ({ bootable }) => bootable,
      host: ({ host }) => host,
      display_description: ({ display_description }) => display_description,
      project_id: ({ project_id }) => project_id,
      user_id: ({ user_id }) => user_id,
      attach_status: ({ attach_status }) => attach_status,
      volume_type_id: ({ volume_type_id }) => volume_type_id,
    },
    filters: {
      name: (volume, wanted) => volume.display_name === wanted,
      ...(version >= 34 && {
        'name~': (volume: VolumeRecord, wanted: string) => (volume.display_name ?? '').includes(wanted),
      }),
      status: (volume, wanted) => volume.status === wanted,
      metadata: (volume, wanted) => matchesMetadata(volume.metadata, wanted),
      bootable: (volume, wanted) => volume.bootable === !['False', 'false', 'FALSE', ''].includes(wanted),
      migration_status: (volume, wanted) => String(volume.migration_status) === wanted,
      availability_zone: (volume, wanted) => volume.availability_zone === wanted,
      size: (volume, wanted) => String(volume.size) === wanted,
      ...(version >= 10 && { group_id: () => false }),
      // whatever else one may filter by counts for administrators only
      ...(context.isAdmin && {
        project_id: (volume: VolumeRecord, wanted: string) => volume.project_id === wanted,
        user_id: (volume: VolumeRecord, wanted: string) => volume.user_id === wanted,
        host: (volume: VolumeRecord, wanted: string) => volume.host === wanted,
        id: (volume: VolumeRecord, wanted: string) => volume.id === wanted,
      }),
    },
    marker: (id) => {
      const volume = repository.state.volumes.find((one) => one.id === id);
      if (volume === undefined || !inScope(context, query, volume.project_id)) throw volumeNotFound(id);
      return volume;
    },
    url: views.url(context, detail ? 'volumes/detail' : 'volumes'),
  });
}

function distinctMetadata(volumes: readonly VolumeRecord[]): Record<string, string[]> {
  const distinct = new Map<string, Set<string>>();
  for (const { metadata } of volumes)
    for (const [key, value] of Object.entries(metadata))
      distinct.set(key, (distinct.get(key) ?? new Set()).add(value));
  return Object.fromEntries([...distinct].map(([key, values]) => [key, [...values]]));
}

/** Whose volume it is may see it: what most handlers begin with. */
export function volumeOf(api: VolumeApi, call: Call): VolumeRecord {
  return api.repository.volume(call.context, param(call, 'id'));
}
