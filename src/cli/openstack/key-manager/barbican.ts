/** Commands that speak through python-barbicanclient 7.1.0, and not through the SDK. */
import { HttpException, KeyManagerClient, SDKException, type RequestOptions } from '../../../client';
import { parseDate } from '../../../python/iso8601';
import { int, type ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';

/** barbicanclient/client.py: its own words for a refusal, which it logs, too. */
class BarbicanClient extends KeyManagerClient {
  readonly #app: App;

  constructor(app: App) {
    const { regionName } = app.region;
    const face = (['public', 'internal', 'admin'] as const).find((one) => one === app.region.interface);
    super(app.connection.session, { regionName, interface: face });
    this.#app = app;
  }

  override async request(path: string, options: RequestOptions = {}): Promise<Response> {
    try {
      return await super.request(path, options);
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      // keystoneauth sees to a token that is refused by itself
      if (error.status === 401 && !('title' in bodyOf(error))) throw error;
      const words = wordsOf(error);
      const kind = error.status === 401 ? 'Auth' : error.status >= 500 ? '5xx Server' : '4xx Client';
      this.#app.log('error', `${kind} error: ${words}`);
      throw new CommandError(words);
    }
  }
}

function bodyOf({ body }: HttpException): object {
  try {
    return Object(JSON.parse(body)) as object; // members of whatever it is
  } catch {
    return {};
  }
}

/** `_get_error_message`. */
function wordsOf({ body }: HttpException): string {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    return body;
  }
  const { title, description } = Object(data) as { title?: unknown; description?: unknown }; // members of whatever it is
  if (title === undefined) throw new CommandError("'title'");
  return description ? `${String(title)}: ${String(description)}` : String(title);
}

/** The running command's cloud, as barbicanclient talks to it. */
export function barbican(app: App): KeyManagerClient {
  return new BarbicanClient(app);
}

/** `datetime.isoformat()` of a time in an answer, such as `2026-11-22T09:00:00+00:00`. */
export function isoformat(time: string | null | undefined): string | null {
  return time ? `${time}+00:00` : null;
}

/** `parse_isotime` of what somebody typed, written out again: it keeps its zone. @throws {@link CommandError} */
export function typedTime(text: string): string {
  if (parseDate(text) === undefined) throw new CommandError(`Unable to parse date string '${text}'`);
  const [, sign = '+', hours = '00', minutes = '00'] = /[T ].*([-+])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  const zone = `${sign}${hours}:${minutes}`;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const local = new Date((parseDate(text) ?? new Date(0)).getTime() + offset * 60_000);
  const fraction = /[.,](\d{1,6})/.exec(text)?.[1]?.padEnd(6, '0');
  return `${local.toISOString().slice(0, 19)}${fraction === undefined ? '' : `.${fraction}`}${zone}`;
}

/** A reference that must end in a UUID. @throws {@link SDKException} as the client says it. */
export function checkRef(ref: string, entity: string): void {
  const digits = (ref.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(/^urn:|uuid:|[{}-]/g, '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new SDKException(`${entity} incorrectly specified.`);
}

export const uri = (help: string): ArgumentSpec => ({ names: ['URI'], help });

/** Options as barbicanclient has them: a long name, a letter, and no metavar of their own. */
export const option = (
  name: string,
  letter: string,
  help: string,
  more: Partial<ArgumentSpec> = {},
): ArgumentSpec => ({
  names: [`--${name}`, `-${letter}`],
  help,
  ...more,
});

export const page: readonly ArgumentSpec[] = [
  option('limit', 'l', 'So many on a page, 100 at most (default: 10)', { type: int, default: 10 }),
  option('offset', 'o', 'Leave out so many (default: 0)', { type: int, default: 0 }),
];
