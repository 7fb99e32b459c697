import type { Clock } from './clock';
import type { IdentityState } from './identity/state';
import type { TokenProvider } from './identity/token-provider';
import type { IdSource } from './ids';

/** What a service of the cloud is made with. */
export interface CloudServices {
  tokens: TokenProvider;
  identity: IdentityState;
  clock: Clock;
  ids: IdSource;
  /** Scheme and host in front of every URL; no trailing slash. */
  baseUrl: string;
  /** The public URL of Identity v3. */
  identityUrl: string;
  /** Sends a request to another service of the cloud. */
  send: (request: Request) => Promise<Response>;
}

/** A service at work. */
export interface Service<State> {
  fetch(request: Request): Response | Promise<Response>;
  /** Ends what is due by now, such as the start of a server; every request to the cloud begins with it. */
  settle?(): void | Promise<void>;
  /** A copy of what it knows, as JSON. */
  snapshot(): State;
}

/** A service that comes when it is first asked, or when there is something of it in the state one starts from. */
export class LazyService<State> {
  readonly #load: (state: State | undefined) => Promise<Service<State>>;
  readonly #state: State | undefined;
  readonly #isIdle: boolean;
  #loading: Promise<Service<State>> | undefined;
  #service: Service<State> | undefined;

  /** @param options.isIdle nothing of it is ever due, so that what it knows need not be looked at before it is asked. */
  constructor(
    state: State | undefined,
    load: (state: State | undefined) => Promise<Service<State>>,
    options: { isIdle?: boolean } = {},
  ) {
    this.#isIdle = options.isIdle ?? false;
    this.#load = load;
    this.#state = structuredClone(state);
  }

  #get(): Promise<Service<State>> {
    this.#loading ??= this.#load(this.#state).then(
      (service) => (this.#service = service),
      (error: unknown) => {
        // it could not be fetched: the next request tries again
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  async fetch(request: Request): Promise<Response> {
    return (await this.#get()).fetch(request);
  }

  async settle(): Promise<void> {
    if (this.#isIdle) return;
    if (this.#state !== undefined || this.#loading !== undefined) await (await this.#get()).settle?.();
  }

  /** What it knows; nothing if it was never asked. */
  snapshot(): State | undefined {
    return this.#service === undefined ? structuredClone(this.#state) : this.#service.snapshot();
  }
}
