/**
 * JSON as Python's `json.dumps` writes it, with a space after `,` and `:`. The real services answer so,
 * and `--debug` shows their bodies as they came.
 *
 * @param options.ensureAscii escapes everything beyond ASCII, as `json.dumps` does unless told otherwise.
 * @param options.compact leaves the spaces out, as Flask's `jsonify` does.
 */
export function dumps(value: unknown, options: { ensureAscii?: boolean; compact?: boolean } = {}): string {
  const text = write(value, options.compact ? [',', ':'] : [', ', ': ']);
  return options.ensureAscii === false ? text : text.replace(/[\u007f-\uffff]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function write(value: unknown, separators: readonly [string, string]): string {
  if (Array.isArray(value)) return `[${value.map((item) => write(item, separators)).join(separators[0])}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => JSON.stringify(key) + separators[1] + write(member, separators));
    return `{${members.join(separators[0])}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
