/** What a running `openstack` command has at hand: osc_lib's shell and client manager. */
import { connect, type CloudConfig, type Connection, type SessionLogEvent } from '../../client';
import type { ParsedArgs } from '../arguments';
import { AUTH_PLUGINS, checkAuth, getOne, type CloudRegion } from '../cloud-config';
import type { Terminal } from '../formatters';
import { HttpLog } from '../http-log';
import { Output } from '../output';
import type { ProgramContext } from '../program';
import { repr, type Value } from '../python';
import { loginMessage } from '../messages';
import { CommandError } from '../errors';
import { helpColumns } from '../terminal';

/** How much is said on standard error: Python's logging levels. */
export type Level = 'debug' | 'info' | 'warning' | 'error';
const LEVELS: readonly Level[] = ['debug', 'info', 'warning', 'error'];

const USER_AGENT = 'openstacksdk/4.4.0 keystoneauth1/5.10.0 python-requests/2.32.3 CPython/3.13.5';

export class App {
  readonly output = new Output();
  readonly terminal: Terminal;
  /** Characters a line of help may have. */
  readonly helpColumns: number;
  #level: Level = 'warning';
  #region: CloudRegion | undefined;
  #connection: Connection | undefined;

  constructor(readonly context: ProgramContext) {
    const { stdoutIsTerminal, columns, env } = context;
    this.terminal = { isTerminal: stdoutIsTerminal, columns, env };
    this.helpColumns = helpColumns(context);
  }

  /** Sets how much is logged from `-v`, `-q` and `--debug`. */
  configureLogging(options: ParsedArgs): void {
    const verbosity = options.flag('debug') ? 3 : (options.number('verbose_level') ?? 1);
    this.#level = verbosity <= 0 ? 'error' : verbosity === 1 ? 'warning' : verbosity === 2 ? 'info' : 'debug';
  }

  /** Random bytes, for keys. */
  readonly random = (size: number): Uint8Array<ArrayBuffer> =>
    this.context.random?.(size) ?? globalThis.crypto.getRandomValues(new Uint8Array(size));

  log(level: Level, message: string): void {
    if (LEVELS.indexOf(level) >= LEVELS.indexOf(this.#level)) this.output.error(`${message}\n`);
  }

  /** Works out which cloud is meant. @throws {@link CommandError} for one that is not there. */
  async configure(options: ParsedArgs): Promise<void> {
    const { env, files } = this.context;
    const values: Record<string, Value> = {};
    for (const dest of [
      ...new Set(Object.values(AUTH_PLUGINS).flat()),
      'auth_type',
      'region_name',
      'interface',
      'default_domain',
    ]) {
      values[dest] = options.string(dest) ?? null;
    }
    values.identity_api_version = options.string('os_identity_api_version') ?? null;
    values.image_api_version = options.string('os_image_api_version') ?? null;
    values.compute_api_version = options.string('os_compute_api_version') ?? null;
    values.volume_api_version = options.string('os_volume_api_version') ?? null;
    values.share_api_version = options.string('os_share_api_version') ?? null;
    values.project_name ||= options.string('os_project_name') ?? null;
    values.project_id ||= options.string('os_project_id') ?? null;
    this.#region = await getOne({
      env,
      files,
      options: values,
      cloud: options.string('cloud') ?? '',
      warn: (text) => this.log('warning', text),
    });
  }

  get region(): CloudRegion {
    if (this.#region === undefined) throw new Error('configure() comes first');
    return this.#region;
  }

  /** Logs in. @throws {@link CommandError} in the client's words. */
  async authenticate(): Promise<void> {
    checkAuth(this.region);
    const { auth, authType, regionName, config } = this.region;
    this.log('debug', `Using auth plugin: ${authType}`);
    this.log(
      'debug',
      `Using parameters ${repr(Object.fromEntries(Object.entries(auth).map(([key, value]) => [key, isSecret(key) ? '***' : value])))}`,
    );
    this.log('debug', 'Get auth_ref');
    const http = new HttpLog(true);
    const { fetch, now, signal } = this.context;
    const cloud = {
      auth_type: authType,
      auth,
      region_name: regionName,
      interface: this.region.interface,
      image_endpoint_override: text(config.image_endpoint_override),
      identity_endpoint_override: text(config.identity_endpoint_override),
      compute_endpoint_override: text(config.compute_endpoint_override),
      compute_default_microversion: microversion(config.compute_api_version),
    } as unknown as CloudConfig; // checkAuth saw that what the plugin needs is there
    this.#connection = connect(cloud, {
      fetch: (request) => fetch(request),
      now,
      userAgent: USER_AGENT,
      log: (event: SessionLogEvent) => {
        if (event.type === 'warning' && !signal?.aborted) this.log('warning', event.message);
        for (const { text } of http.lines(event)) this.log('debug', text);
      },
    });
    try {
      await this.#connection.session.getAccess();
    } catch (error) {
      throw new CommandError(loginMessage(error));
    }
  }

  get connection(): Connection {
    if (this.#connection === undefined) throw new Error('this command needs authRequired');
    return this.#connection;
  }
}

/** `_get_implied_microversion` of openstack/config: a version with a minor number asks for just that one. */
function microversion(version: Value | undefined): string | undefined {
  return /^\d+\.(?!0$)\d+$/.exec(String(version ?? ''))?.[0];
}

function isSecret(key: string): boolean {
  return /password|secret|token|passcode/.test(key);
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
