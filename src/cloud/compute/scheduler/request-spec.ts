import type { ImageMeta } from '../objects/image-meta';

/** A flavor, as far as the scheduler reads it: nova/objects/flavor.py. */
export interface Flavor {
  name: string;
  vcpus: number;
  memory_mb: number;
  root_gb: number;
  ephemeral_gb: number;
  /** MB */
  swap: number;
  extra_specs: { readonly [key: string]: string };
}

/** A server group: nova/objects/instance_group.py. */
export interface InstanceGroup {
  uuid: string;
  policy: string | null;
  /** The servers in it. */
  members: readonly string[] | null;
  /** The hosts that these run on. */
  hosts: readonly string[] | null;
  rules: { readonly [name: string]: string };
}

/** Some aggregates, and what asked for one of them. */
export interface AggregateSet {
  uuids: string[];
  asked: string;
}

/** Which aggregates placement has to look in. */
export interface Destination {
  /** A host has to be in one of each of these. */
  aggregates: AggregateSet[];
  forbiddenAggregates: Set<string>;
}

export interface RequestSpecFields {
  image: ImageMeta | null;
  flavor: Flavor;
  /** Scheduler hints; the API makes lists of them. */
  schedulerHints?: { readonly [hint: string]: readonly string[] };
  instanceGroup?: InstanceGroup | null;
  instanceUuid?: string;
  projectId?: string | null;
  availabilityZone?: string | null;
  /** Booted from a volume. */
  isBfv?: boolean;
}

/** What a new server asks for: nova/objects/request_spec.py. */
export class RequestSpec {
  readonly image: ImageMeta | null;
  readonly flavor: Flavor;
  readonly schedulerHints: { readonly [hint: string]: readonly string[] };
  readonly instanceGroup: InstanceGroup | null;
  readonly instanceUuid: string;
  readonly projectId: string | null;
  readonly availabilityZone: string | null;
  readonly isBfv: boolean;
  /** Traits that the pre-filters require of a host, each with what asked for it. */
  readonly rootRequired = new Map<string, string>();
  readonly rootForbidden = new Map<string, string>();
  readonly destination: Destination = { aggregates: [], forbiddenAggregates: new Set() };

  constructor(fields: RequestSpecFields) {
    this.image = fields.image;
    this.flavor = fields.flavor;
    this.schedulerHints = fields.schedulerHints ?? {};
    this.instanceGroup = fields.instanceGroup ?? null;
    this.instanceUuid = fields.instanceUuid ?? '';
    this.projectId = fields.projectId ?? null;
    this.availabilityZone = fields.availabilityZone ?? null;
    this.isBfv = fields.isBfv ?? false;
  }

  /** A hint: its text if it has one, its list if it has more. */
  getSchedulerHint(name: string): string | readonly string[] | undefined {
    const values = Object.hasOwn(this.schedulerHints, name) ? this.schedulerHints[name] : undefined;
    return values?.length === 1 ? values[0] : values;
  }

  /** An extra spec of the flavor. */
  extraSpec(key: string): string | undefined {
    return Object.hasOwn(this.flavor.extra_specs, key) ? this.flavor.extra_specs[key] : undefined;
  }

  /** Whether the scheduler is only asked if a host may keep a server: nova/scheduler/utils.py `request_is_rebuild`. */
  get isRebuild(): boolean {
    const check = Object.hasOwn(this.schedulerHints, '_nova_check_type')
      ? this.schedulerHints['_nova_check_type']
      : undefined;
    return check?.length === 1 && check[0] === 'rebuild';
  }
}
