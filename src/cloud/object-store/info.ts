import * as limits from './common/constraints';
import { POLICY } from './proxy/controller';

/** Swift's own, as Debian's 2025.1 has it. */
const VERSION = '2.35.1';

/** What `GET /info` tells: limits, and the filters of the pipeline. `get_swift_info` of swift/common/registry.py. */
export const INFO = {
  swift: {
    version: VERSION,
    strict_cors_mode: true,
    policies: [{ name: POLICY, aliases: POLICY, default: true }],
    allow_account_management: false,
    account_autocreate: true,
    allow_open_expired: false,
    max_file_size: limits.MAX_FILE_SIZE,
    max_meta_name_length: limits.MAX_META_NAME_LENGTH,
    max_meta_value_length: limits.MAX_META_VALUE_LENGTH,
    max_meta_count: limits.MAX_META_COUNT,
    max_meta_overall_size: limits.MAX_META_OVERALL_SIZE,
    max_header_size: limits.MAX_HEADER_SIZE,
    max_object_name_length: limits.MAX_OBJECT_NAME_LENGTH,
    container_listing_limit: limits.LISTING_LIMIT,
    account_listing_limit: limits.LISTING_LIMIT,
    max_account_name_length: limits.MAX_ACCOUNT_NAME_LENGTH,
    max_container_name_length: limits.MAX_CONTAINER_NAME_LENGTH,
    extra_header_count: 0,
  },
  symlink: { symloop_max: 2, static_links: true },
  versioned_writes: { allowed_flags: ['x-versions-location', 'x-history-location'] },
  object_versioning: {},
  slo: {
    max_manifest_segments: 1000,
    max_manifest_size: 8388608,
    yield_frequency: 10,
    min_segment_size: 1,
    allow_async_delete: true,
  },
  account_quotas: {},
  container_quotas: {},
  staticweb: {},
  formpost: { allowed_digests: ['sha1', 'sha256', 'sha512'], deprecated_digests: ['sha1'] },
  tempurl: {
    methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    incoming_remove_headers: ['x-timestamp', 'x-open-expired'],
    incoming_allow_headers: [],
    outgoing_remove_headers: ['x-object-meta-*'],
    outgoing_allow_headers: ['x-object-meta-public-*'],
    allowed_digests: ['sha1', 'sha256', 'sha512'],
    deprecated_digests: ['sha1'],
  },
  bulk_upload: { max_containers_per_extraction: 10000, max_failed_extractions: 1000 },
  bulk_delete: { max_deletes_per_request: 10000, max_failed_deletes: 1000 },
  container_sync: { realms: {} },
};
