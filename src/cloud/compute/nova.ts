import type { Clock } from '../clock';
import type { IdSource } from '../ids';
import { hostsAggregates } from './hosts';
import type { RequestContext } from './policy';
import {
  DEFAULT_AVAILABILITY_ZONE,
  type AggregateRecord,
  type ComputeState,
  type FlavorRecord,
  type ServerRecord,
} from './state';

/** What nova's parts share: the records, the time, new ids, and a way to ask the other services. */
export class Nova {
  constructor(
    readonly state: ComputeState,
    readonly clock: Clock,
    readonly ids: IdSource,
    /** Scheme and host of every service. */
    readonly baseUrl: string,
    /** Sends a request to another service of the cloud. */
    readonly fetch: (request: Request) => Promise<Response>,
    /** A token of the service itself. */
    readonly serviceToken: () => string,
  ) {}

  /** The same cloud at another time: what was due some time ago is done as if it were then. */
  at(time: Date): Nova {
    return new Nova(this.state, { now: () => time }, this.ids, this.baseUrl, this.fetch, this.serviceToken);
  }

  /** Now, to the second, as nova's database keeps time: `2026-11-22T09:00:00.000000`. */
  now(): string {
    return `${this.clock.now().toISOString().slice(0, 19)}.000000`;
  }

  /** A server that is not deleted and that somebody may see. */
  server(context: RequestContext, id: string): ServerRecord | undefined {
    return this.state.servers.find(
      (server) =>
        server.id === id && !server.deleted && (context.isAdmin || server.project_id === context.projectId),
    );
  }

  /** A flavor that somebody may use. */
  flavor(context: RequestContext, id: string): FlavorRecord | undefined {
    return this.state.flavors.find(
      (flavor) =>
        flavor.id === id &&
        (flavor.is_public || context.isAdmin || flavor.projects.includes(context.projectId ?? '')),
    );
  }

  aggregatesOf(host: string): AggregateRecord[] {
    return hostsAggregates(this.state, host);
  }

  /** The availability zone of a host: its aggregates' metadata, or the default one. */
  zoneOf(host: string | null): string {
    const zones =
      host === null ? [] : this.aggregatesOf(host).map(({ metadata }) => metadata['availability_zone']);
    return zones.find((zone) => zone !== undefined) ?? DEFAULT_AVAILABILITY_ZONE;
  }

  /** Asks another service in the user's name. */
  ask(token: string, method: string, path: string, json?: unknown, headers: Record<string, string> = {}) {
    return this.fetch(
      new Request(this.baseUrl + path, {
        method,
        headers: {
          'X-Auth-Token': token,
          Accept: 'application/json',
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    );
  }
}
