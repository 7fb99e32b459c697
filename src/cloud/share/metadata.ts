import { empty, json, member, param, type Call, type ShareApi, type Versions } from './call';
import { badRequest, uncaught } from './errors';
import { authorize } from './policy';
import { checkMetadata } from './validation';

interface Owner {
  metadata: Record<string, string>;
}

/** Whose metadata a path is about. */
export interface MetadataOwner {
  path: string;
  versions: Versions;
  /** Names of the policies to read, change and delete. */
  policies: readonly [read: string, update: string, remove: string];
  /** @param change whether somebody is about to write. */
  find: (call: Call, change: boolean) => Owner;
}

/** What is below a thing's `metadata`: manila/api/v2/metadata.py. */
export function mountMetadata(api: ShareApi, { path, versions, policies, find }: MetadataOwner): void {
  const [read, update, remove] = policies;
  const given = (call: Call): Record<string, string> => {
    const metadata = member(call.body, 'metadata');
    if (metadata === undefined) throw badRequest('Malformed request body');
    return checkMetadata(metadata);
  };
  const item = (owner: Owner, key: string): string => {
    const value = Object.hasOwn(owner.metadata, key) ? owner.metadata[key] : undefined;
    if (value === undefined) throw uncaught('MetadataItemNotFound', 'Metadata item is not found.');
    return value;
  };

  api.route(
    `${path}/metadata`,
    {
      GET: (call) => {
        authorize(call.context, read);
        return json({ metadata: find(call, false).metadata });
      },
      POST: (call) => {
        authorize(call.context, update);
        const metadata = given(call);
        const owner = find(call, true);
        owner.metadata = { ...owner.metadata, ...metadata };
        return json({ metadata: owner.metadata });
      },
      PUT: (call) => {
        authorize(call.context, update);
        const metadata = given(call);
        const owner = find(call, true);
        owner.metadata = metadata;
        return json({ metadata });
      },
    },
    versions,
  );
  api.route(
    `${path}/metadata/:key`,
    {
      GET: (call) => {
        authorize(call.context, read);
        const key = param(call, 'key');
        return json({ meta: { [key]: item(find(call, false), key) } });
      },
      POST: (call) => {
        authorize(call.context, update);
        const metadata = given(call);
        if (!Object.hasOwn(metadata, param(call, 'key'))) throw badRequest('Request body and URI mismatch');
        if (Object.keys(metadata).length > 1) throw badRequest('Request body contains too many items');
        const owner = find(call, true);
        owner.metadata = { ...owner.metadata, ...metadata };
        return json({ metadata });
      },
      DELETE: (call) => {
        authorize(call.context, remove);
        const [owner, key] = [find(call, true), param(call, 'key')];
        item(owner, key);
        const { [key]: _gone, ...rest } = owner.metadata;
        owner.metadata = rest;
        return empty(200);
      },
    },
    versions,
  );
}

/** The metadata of shares. */
export function mountShareMetadata(api: ShareApi): void {
  mountMetadata(api, {
    path: '/shares/:id',
    versions: [0],
    policies: ['share:get_share_metadata', 'share:update_share_metadata', 'share:delete_share_metadata'],
    find: ({ context, params }, change) => {
      const share = api.repository.share(context, params['id'] ?? '', 'Share not found.');
      // a public share may be looked at, not changed
      if (change && !api.repository.owns(context, share))
        authorize(context, 'share:update_admin_only_metadata');
      return share;
    },
  });
}
