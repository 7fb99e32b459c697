import { json, empty, param, type Call, type VolumeApi } from './call';
import { badRequest, invalidVolume, notFound } from './errors';
import { setMetadata, setMetadataItem } from './schemas';
import { texts, validate } from './validation';

interface Owner {
  id: string;
  status: string;
  metadata: Record<string, string>;
  updated_at: string | null;
}

/** `/volumes/{id}/metadata` and `/snapshots/{id}/metadata`: cinder/api/v3/volume_metadata.py and snapshot_metadata.py. */
export function mountMetadata(api: VolumeApi): void {
  const { repository } = api;
  mount(api, '/volumes', 'Volume', (call) => repository.volume(call.context, param(call, 'id')));
  mount(api, '/snapshots', 'Snapshot', (call) => repository.snapshot(call.context, param(call, 'id')));
}

function mount(api: VolumeApi, path: string, kind: 'Volume' | 'Snapshot', find: (call: Call) => Owner): void {
  const missing = (owner: Owner, key: string) =>
    notFound(`${kind} ${owner.id} has no metadata with key ${key}.`);
  const change = (owner: Owner, verb: string, metadata: Record<string, string>): void => {
    if (kind === 'Volume' && ['maintenance', 'uploading'].includes(owner.status))
      throw invalidVolume(`${verb} volume metadata is not allowed for volumes in ${owner.status} status.`);
    owner.metadata = metadata;
  };

  api.route(`${path}/:id/metadata`, {
    GET: (call) => json({ metadata: find(call).metadata }),
    POST: (call) => {
      const metadata = texts(validate(call.body, setMetadata, 'metadata'));
      const owner = find(call);
      change(owner, 'Updating', { ...owner.metadata, ...metadata });
      return json({ metadata: owner.metadata });
    },
    PUT: (call) => {
      const metadata = texts(validate(call.body, setMetadata, 'metadata'));
      const owner = find(call);
      change(owner, 'Updating', metadata);
      return json({ metadata });
    },
  });
  api.route(`${path}/:id/metadata/:key`, {
    GET: (call) => {
      const [owner, key] = [find(call), param(call, 'key')];
      if (!Object.hasOwn(owner.metadata, key)) throw missing(owner, key);
      return json({ meta: { [key]: owner.metadata[key] } });
    },
    PUT: (call) => {
      const meta = texts(validate(call.body, setMetadataItem, 'meta'));
      if (!Object.hasOwn(meta, param(call, 'key'))) throw badRequest('Request body and URI mismatch');
      if (Object.keys(meta).length > 1) throw badRequest('Request body contains too many items');
      const owner = find(call);
      change(owner, 'Updating', { ...owner.metadata, ...meta });
      return json({ meta });
    },
    DELETE: (call) => {
      const [owner, key] = [find(call), param(call, 'key')];
      if (!Object.hasOwn(owner.metadata, key)) throw missing(owner, key);
      const { [key]: _gone, ...rest } = owner.metadata;
      change(owner, 'Deleting', rest);
      return empty(200);
    },
  });
}
