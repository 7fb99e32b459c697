/** Tokens and the service catalog inside them. Models keystoneauth1's `access` package. */
import { serviceTypeAliases } from './service-types';

/** Which network an endpoint is meant for. */
export type Interface = 'public' | 'internal' | 'admin';

/** One URL of a service in the catalog. */
export interface CatalogEndpoint {
  id: string;
  interface: Interface;
  region?: string;
  region_id?: string;
  url: string;
}

/** One service of the catalog. */
export interface CatalogService {
  id: string;
  name: string;
  type: string;
  endpoints: CatalogEndpoint[];
}

/** A domain, project, user or role as tokens mention them. */
export interface Reference {
  id: string;
  name: string;
}

/** The `token` object of Identity v3, field for field as the API sends it. */
export interface Token {
  methods: string[];
  user: Reference & { domain: Reference; password_expires_at?: string | null };
  /** Absent when the token is not scoped to a project. */
  project?: Reference & { domain: Reference };
  domain?: Reference;
  system?: { all?: boolean };
  roles?: Reference[];
  catalog?: CatalogService[];
  audit_ids: string[];
  /** ISO 8601 in UTC, with microseconds. */
  issued_at: string;
  expires_at: string;
  application_credential?: Reference & { restricted: boolean };
}

/** How to choose an endpoint from the catalog. */
export interface EndpointFilter {
  /** Official type or an alias of it, such as `image` or `volumev3`. */
  serviceType: string;
  /** Default `public`. */
  interface?: Interface;
  regionName?: string | undefined;
}

/** A token and what it says. Models `keystoneauth1.access.AccessInfoV3`. */
export class AccessInfo {
  constructor(
    /** The secret that goes into `X-Auth-Token`. */
    readonly authToken: string,
    readonly token: Token,
  ) {}

  get expires(): Date {
    return new Date(this.token.expires_at);
  }

  get userId(): string {
    return this.token.user.id;
  }

  get projectId(): string | undefined {
    return this.token.project?.id;
  }

  get roleNames(): string[] {
    return (this.token.roles ?? []).map((role) => role.name);
  }

  get catalog(): CatalogService[] {
    return this.token.catalog ?? [];
  }

  /** Whether the token ends within `seconds` after `now`. */
  willExpireSoon(now: Date, seconds: number): boolean {
    return this.expires.getTime() < now.getTime() + seconds * 1000;
  }

  /**
   * The catalog's URL of a service, or undefined. An exact service type wins over its aliases.
   * Models `ServiceCatalog.endpoint_data_for`.
   */
  urlFor(filter: EndpointFilter): string | undefined {
    const wanted = filter.interface ?? 'public';
    for (const type of serviceTypeAliases(filter.serviceType)) {
      for (const service of this.catalog) {
        if (service.type !== type) continue;
        const endpoint = service.endpoints.find(
          ({ interface: name, region, region_id, url }) =>
            name === wanted &&
            url !== '' &&
            (filter.regionName === undefined || filter.regionName === (region_id ?? region)),
        );
        if (endpoint) return endpoint.url;
      }
    }
    return undefined;
  }
}
