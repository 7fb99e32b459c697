/** What goes wrong, in the words of swiftclient/exceptions.py and service.py. */
import { decodeHeader } from '../../client';
import { repr } from '../python';

/** `repr()` of bytes. */
export function bytesRepr(bytes: Uint8Array): string {
  const text = Array.from(bytes, (code) => {
    const character = String.fromCharCode(code);
    if (character === '\\') return '\\\\';
    if (code >= 32 && code < 127) return character;
    const named = { 9: '\\t', 10: '\\n', 13: '\\r' }[code];
    return named ?? `\\x${code.toString(16).padStart(2, '0')}`;
  }).join('');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `b${quote}${quote === "'" ? text.replaceAll("'", "\\'") : text}${quote}`;
}

/** The service, or the way to it, said no: `ClientException`. */
export class ClientException extends Error {
  override readonly name = 'ClientException';
  /** Taken away where it is printed on a line of its own. */
  transactionId: string | undefined;

  constructor(
    readonly msg: string,
    readonly response?: { url: string; status: number; reason: string; body: Uint8Array; headers: Headers },
    readonly status = response?.status,
  ) {
    super(msg);
    this.transactionId =
      response?.headers.get('x-trans-id') ?? response?.headers.get('x-openstack-request-id') ?? undefined;
  }

  /** `str()` of it. */
  override toString(): string {
    const txn = this.transactionId === undefined ? '' : ` (txn: ${this.transactionId})`;
    const { response } = this;
    if (response === undefined)
      return `${this.msg}${this.status === undefined ? '' : `: ${this.status}`}${txn}`;
    const { url, status, reason, body } = response;
    const content =
      body.length === 0
        ? ''
        : body.length <= 60
          ? `   ${bytesRepr(body)}`
          : `  [first 60 chars of response] ${bytesRepr(body.slice(0, 60))}`;
    return `${this.msg}: ${url} ${status} ${reason}${content}${txn}`;
  }
}

/** The client itself said no: `SwiftError`. */
export class SwiftError extends Error {
  override readonly name = 'SwiftError';
  readonly transactionId: string | undefined;

  constructor(
    readonly value: string,
    readonly where: { container?: string; object?: string; cause?: unknown; transactionId?: string } = {},
  ) {
    super(value);
    this.transactionId =
      where.transactionId ?? (where.cause instanceof ClientException ? where.cause.transactionId : undefined);
  }

  /** `str()` of it. */
  override toString(): string {
    const { container, object } = this.where;
    return `${repr(this.value)}${container === undefined ? '' : ` container:${container}`}${object === undefined ? '' : ` object:${object}`}`;
  }
}

/** Nobody answered: what `requests` says of it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  override toString(): string {
    return this.message;
  }
}

/** `exit(words)`: the words on standard error, exit code 1. */
export class Exit extends Error {
  override readonly name = 'Exit';
}

/** `str()` of whatever was thrown. */
export function words(error: unknown): string {
  if (error instanceof ClientException || error instanceof SwiftError) return error.toString();
  return error instanceof Error ? error.message : String(error);
}

/** `parse_header_string`: unescapes what is escaped, if it is UTF-8. */
export function parseHeaderString(value: string): string {
  const text = decodeHeader(value);
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return text;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const part of text.split(/(%[0-9A-Fa-f]{2})/)) {
    if (/^%[0-9A-Fa-f]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...encoder.encode(part));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}
