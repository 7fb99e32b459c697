import { json, type ImageApi } from './app';
import { allows, forbidden } from './policy';
import { IMPORT_METHODS, isReadOnly, STORES } from './state';

/** What this Glance can do. Modelled on `glance/api/v2/discovery.py`. */
export function mountDiscovery(api: ImageApi): void {
  const stores = STORES.map(({ id, description }, i) => ({
    id,
    description,
    ...(i === 0 ? { default: 'true' } : {}),
    ...(isReadOnly(id) ? { 'read-only': 'true' } : {}),
  }));

  api.route('/v2/info/import', {
    GET: () =>
      json({
        'import-methods': { description: 'Import methods available.', type: 'array', value: IMPORT_METHODS },
      }),
  });
  api.route('/v2/info/stores', { GET: () => json({ stores }) });
  api.route('/v2/info/stores/detail', {
    GET: (_c, context) => {
      if (!allows('stores_info_detail', context, { owner: null, visibility: 'private' }))
        throw forbidden('stores_info_detail');
      const detail = STORES.map(({ id, type }) => ({
        type,
        properties:
          type === 'file'
            ? { data_dir: `/var/lib/glance/${id}`, chunk_size: 65536, thin_provisioning: false }
            : {},
        weight: 0,
      }));
      return json({ stores: stores.map((store, i) => ({ ...store, ...detail[i] })) });
    },
  });
  // quotas are off, as they are unless an administrator switches `use_keystone_limits` on
  api.route('/v2/info/usage', { GET: () => json({ usage: {} }) }, 404);
}
