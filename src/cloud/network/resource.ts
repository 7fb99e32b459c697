import type { Body } from './attributes';
import type { View } from './list';
import type { RequestContext } from './policy';

/** One kind of things that the Network API has: what its plugin does. */
export interface Resource<T> {
  /** As bodies and policies call it, such as `security_group`. */
  name: string;
  /** As lists call it, such as `security_groups`. */
  collection: string;
  /** As URLs call it, such as `security-groups`. */
  path: string;
  /** The core resources are served by newer code upstream: their JSON is compact, and some errors differ. */
  core?: boolean;
  /** Those that a caller may query, before the policy has its say. */
  list(context: RequestContext): readonly T[];
  /** @throws {@link NeutronError} 404. */
  get(context: RequestContext, id: string): T;
  view(record: T, context: RequestContext): View;
  /** As the answer to its making shows it, if otherwise. */
  viewCreated?(record: T, context: RequestContext): View;
  /** As the answer to a change shows it, if otherwise. */
  viewUpdated?(record: T, context: RequestContext): View;
  create?(context: RequestContext, body: Body): T;
  update?(context: RequestContext, record: T, body: Body): void;
  delete?(context: RequestContext, record: T): void;
  /** Before several are made at once. */
  checkBulk?(context: RequestContext, bodies: readonly Body[]): void;
  /** Whether a list goes on after a marker that is nowhere; otherwise that is a 404. */
  lenientMarker?: boolean;
  /** The things with tags, when it has any. */
  tags?(record: T): { tags: string[]; updated_at: string; revision_number: number };
}

/** The members of the standard attributes, in the order in which the API shows them. */
export function standardView(record: {
  tags: string[];
  created_at: string;
  updated_at: string;
  revision_number: number;
  project_id: string;
}): View {
  return {
    tags: [...record.tags],
    created_at: record.created_at,
    updated_at: record.updated_at,
    revision_number: record.revision_number,
    project_id: record.project_id,
  };
}
