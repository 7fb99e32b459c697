/** Python's `repr` of a text, as far as ACLs need it. */
function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/**
 * An ACL without superfluous blanks, or what is wrong with it. Modelled on `clean_acl` of
 * swift/common/middleware/acl.py.
 */
export function cleanAcl(header: string, value: string): { acl: string } | { problem: string } {
  const values: string[] = [];
  for (const raw of value.split(',').map((word) => word.trim())) {
    if (raw === '') continue;
    const colon = raw.indexOf(':');
    const first = raw.slice(0, colon).trim();
    if (colon === -1 || !first.startsWith('.')) {
      values.push(raw);
      continue;
    }
    if (!['.r', '.ref', '.referer', '.referrer'].includes(first))
      return { problem: `Unknown designator ${repr(first)} in ACL: ${repr(raw)}` };
    if (header.includes('write')) return { problem: `Referrers not allowed in write ACL: ${repr(raw)}` };
    let host = raw.slice(colon + 1).trim();
    const negated = host.startsWith('-');
    if (negated) host = host.slice(1).trim();
    if (host !== '*' && host.startsWith('*')) host = host.slice(1).trim();
    if (host === '' || host === '.')
      return { problem: `No host/domain value after referrer designation in ACL: ${repr(raw)}` };
    values.push(`.r:${negated ? '-' : ''}${host}`);
  }
  return { acl: values.join(',') };
}

/** Who an ACL names: hosts, and everybody else. `parse_acl_v1`. */
export function parseAcl(acl: string | undefined): { referrers: string[]; groups: string[] } {
  const values = acl === undefined || acl === '' ? [] : acl.split(',');
  return {
    referrers: values.filter((value) => value.startsWith('.r:')).map((value) => value.slice('.r:'.length)),
    groups: values.filter((value) => !value.startsWith('.r:')).map(unquoted),
  };
}

function unquoted(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Does the last entry that fits the page's host let it in? `referrer_allowed`. */
export function referrerAllowed(referrer: string | null, referrers: readonly string[]): boolean {
  const host = hostOf(referrer ?? '') ?? 'unknown';
  const fits = (wanted: string) => wanted === host || (wanted.startsWith('.') && host.endsWith(wanted));
  let allowed = false;
  for (const entry of referrers) {
    if (entry.startsWith('-')) {
      if (fits(entry.slice(1))) allowed = false;
    } else if (entry === '*' || fits(entry)) allowed = true;
  }
  return allowed;
}

function hostOf(url: string): string | undefined {
  const [, host] = /^[a-z][\w+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url) ?? [];
  return host === undefined || host === '' ? undefined : host.toLowerCase().replace(/^\[|\]$/g, '');
}
