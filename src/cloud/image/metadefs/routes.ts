import { json, type ImageApi } from '../app';
import { mountNamespaces } from './namespaces';
import { mountObjects } from './objects';
import { mountProperties } from './properties';
import { MetadefRepository } from './repository';
import { mountResourceTypes } from './resource-types';
import { METADEF_SCHEMAS } from './schemas';
import { mountTags } from './tags';

/** What the metadata definitions' routes work with. */
export interface MetadefApi {
  route: ImageApi['route'];
  repository: MetadefRepository;
  baseUrl: string;
}

/** Everything below /v2/metadefs, and its schemas. */
export function mountMetadefs({ route, repository, baseUrl }: ImageApi): void {
  const api: MetadefApi = { route, repository: new MetadefRepository(repository), baseUrl };
  mountNamespaces(api);
  mountResourceTypes(api);
  mountProperties(api);
  mountObjects(api);
  mountTags(api);
  for (const [name, schema] of Object.entries(METADEF_SCHEMAS)) {
    route(`/v2/schemas/metadefs/${name}`, { GET: () => json(schema, { ensureAscii: true }) });
  }
}
