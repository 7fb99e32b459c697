/** Puts names in the place of tokens and passwords, such that a copied command works with variables of that name. */

export const TOKEN = '$TOKEN';
export const PASSWORD = '$OS_PASSWORD';
export const SECRET = '$SECRET';

const TOKEN_HEADERS = new Set(['x-auth-token', 'x-subject-token', 'x-service-token']);

/** Keystone's tokens, wherever they stand. */
const FERNET = /gAAAA[\w-]{20,}={0,2}/g;

const PASSWORD_KEYS = new Set(['password', 'original_password', 'adminPass', 'passcode']);

/** Remembers the tokens it has seen in headers, and hides them everywhere from then on. */
export class SecretMask {
  readonly #tokens = new Set<string>();

  headers(headers: Headers): (readonly [string, string])[] {
    return [...headers].map(([name, value]) => {
      if (TOKEN_HEADERS.has(name)) {
        if (value !== '') this.#tokens.add(value);
        return [name, TOKEN] as const;
      }
      return [name, name === 'authorization' ? SECRET : this.text(value)] as const;
    });
  }

  text(text: string): string {
    let masked = text.replace(FERNET, TOKEN);
    for (const token of this.#tokens) masked = masked.replaceAll(token, TOKEN);
    return masked;
  }

  /** JSON without its secrets, or any other text without tokens. */
  body(text: string): string {
    let found = false;
    const hide = (mask: string) => {
      found = true;
      return mask;
    };
    try {
      const value: unknown = JSON.parse(text, function (this: unknown, key: string, value: unknown) {
        if (PASSWORD_KEYS.has(key) && typeof value === 'string') return hide(PASSWORD);
        if (key === 'secret' && typeof value === 'string') return hide(SECRET);
        // { "identity": { "token": { "id": … } } }
        if (key === 'token' && isRecord(value) && typeof value['id'] === 'string')
          return { ...value, id: hide(TOKEN) };
        return value;
      });
      return this.text(found ? JSON.stringify(value) : text);
    } catch {
      return this.text(text);
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
