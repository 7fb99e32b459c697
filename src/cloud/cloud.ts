import type { Clock } from './clock';

/** Everything the embedded cloud knows, as JSON. */
export interface CloudState {
  version: 1;
  [service: string]: unknown;
}

export interface CloudOptions {
  /** Where to start from: a start state of `states.ts` or an earlier {@link Cloud.snapshot}. */
  state: CloudState;
  clock: Clock;
  /** Scheme and host in front of every URL the cloud hands out; no trailing slash. */
  baseUrl?: string;
}

/** The embedded cloud: OpenStack's HTTP APIs over in-memory state. */
export class Cloud {
  readonly baseUrl: string;

  constructor(options: CloudOptions) {
    this.baseUrl = options.baseUrl ?? 'https://openstack.example';
  }

  /** Answers one HTTP request. */
  async fetch(_request: Request): Promise<Response> {
    return new Response(null, { status: 501 });
  }

  /** The whole state, image data included. */
  async snapshot(): Promise<CloudState> {
    return { version: 1 };
  }
}
