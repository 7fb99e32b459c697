/**
 * Hides what differs between two runs on different clouds: ids, times, tokens, addresses. The same value always
 * gets the same mask (`<uuid-1>`), so a mixed-up id still shows. A mask is as wide as what it hides when there is
 * room, so that tables keep their borders.
 */
export function mask(text: string): string {
  const seen = new Map<string, string>();
  const counts = new Map<string, number>();
  let masked = text;
  for (const [kind, pattern] of PATTERNS) {
    masked = masked.replace(pattern, (value) => {
      const known = seen.get(value);
      if (known !== undefined) return known;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      // whether two times fall into the same second is chance
      const name = (kind === 'time' ? '<time>' : `<${kind}-${count}>`).padEnd(value.length, '.');
      seen.set(value, name);
      return name;
    });
  }
  return masked;
}

/** What {@link mask} hides, in words. */
export const MASKED = [
  'tokens',
  'UUIDs',
  'request ids',
  'times',
  'scheme, host and port of URLs',
  'IP addresses',
  'ids and checksums of 32 digits',
  'hosts of servers (56 digits)',
  'passwords of servers, secrets of application credentials',
  'reservations',
  'instance names',
  'MAC addresses and fingerprints of keys',
  'keys',
  'where Python keeps its objects',
  "the object store's transactions and timestamps",
  'signatures and expiry of temporary URLs',
];

const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['pem', /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g],
  ['key', /\b(?:ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp\d+) AAAA[\w+/=]+/g],
  ['token', /\bgAAAAA[\w-]{20,}={0,2}/g],
  ['uuid', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g],
  // as the back end of shares writes them in a path
  ['uuid', /(?<=_)[0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{12}(?![0-9a-f])/g],
  ['request', /\breq-<uuid-\d+>\.*/g],
  ['time', /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+0000|\+00:00)?/g],
  ['time', /\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b/g],
  ['transaction', /\btx[0-9a-f]{21}-[0-9a-f]{10}\b/g],
  ['timestamp', /\b1[789]\d{8}\.\d{1,6}\b/g],
  ['expiry', /(?<=temp_url_expires=|\bX-Delete-At: *)1[789]\d{8}\b/gi],
  ['signature', /(?<=temp_url_sig=)[0-9a-f]{40,128}\b/g],
  // here each service has a path, elsewhere a port
  [
    'url',
    /\bhttps?:\/\/[^\s/'"|]+(?:\/(?:image|identity|compute|placement|volume|network|key-manager|object-store|share)(?=\/))?/g,
  ],
  ['address', /\b\d{1,3}(?:\.\d{1,3}){3}\b/g],
  // a project's or a user's id; a checksum of 32 digits looks the same, and random data differ too
  ['id', /(?<=\b(?:AUTH_)?)[0-9a-f]{32}\b/g],
  ['host', /\b[0-9a-f]{56}\b/g],
  ['password', /(?<=\badminPass"?\s*[=:|]\s*"?)[A-Za-z0-9]{12}\b/gi],
  ['secret', /(?<=\bsecret"?\s*[=:|]\s*"?)[\w-]{86}(?![\w-])/gi],
  ['reservation', /\br-[0-9a-z]{8}\b/g],
  ['instance', /\binstance-[0-9a-f]{8}\b/g],
  ['fingerprint', /\b(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\b/g],
  ['mac', /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g],
  ['object', /\b0x[0-9a-f]{12}\b/g],
];
