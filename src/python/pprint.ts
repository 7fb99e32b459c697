import { repr } from './repr';

/**
 * What Python's `pprint.pformat(value, width)` prints: keys sorted, one member a line when it does not fit, long
 * strings broken at spaces. jsonschema writes the failing schema and value into its messages with it.
 */
export function pformat(value: unknown, width = 80): string {
  return format(value, 0, 0, width);
}

function format(value: unknown, indent: number, allowance: number, width: number): string {
  const flat = repr(sorted(value));
  if (flat.length <= width - indent - allowance) return flat;
  if (typeof value === 'string') return formatString(value, indent, allowance, width);
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item, i) => {
      const last = i === value.length - 1;
      return format(item, indent + 1, last ? allowance + 1 : 1, width);
    });
    return `[${items.join(`,\n${' '.repeat(indent + 1)}`)}]`;
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(byKey);
    const members = entries.map(([key, member], i) => {
      const name = repr(key);
      const last = i === entries.length - 1;
      return `${name}: ${format(member, indent + 1 + name.length + 2, last ? allowance + 1 : 1, width)}`;
    });
    return `{${members.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }
  return flat;
}

/** pprint breaks a long string after white space and lets Python join the literals; at the top level it adds parentheses. */
function formatString(text: string, indent: number, allowance: number, width: number): string {
  const top = indent === 0;
  const room = width - indent - (top ? 1 : 0);
  const literals: string[] = [];
  const lines = text.split(/(?<=\n)/);
  lines.forEach((line, i) => {
    const whole = repr(line);
    const lastLine = i === lines.length - 1;
    if (whole.length <= room - (lastLine ? allowance + (top ? 1 : 0) : 0)) {
      literals.push(whole);
      return;
    }
    let current = '';
    const words = line.match(/\S*\s*/g)?.filter((word) => word !== '') ?? [];
    words.forEach((word, j) => {
      const candidate = current + word;
      const lastWord = lastLine && j === words.length - 1;
      if (repr(candidate).length > room - (lastWord ? allowance + (top ? 1 : 0) : 0)) {
        if (current !== '') literals.push(repr(current));
        current = word;
      } else current = candidate;
    });
    if (current !== '') literals.push(repr(current));
  });
  if (literals.length === 1) return literals[0] ?? '';
  const joined = literals.join(`\n${' '.repeat(indent + (top ? 1 : 0))}`);
  return top ? `(${joined})` : joined;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(byKey)
      .map(([key, member]) => [key, sorted(member)]),
  );
}

function byKey(a: [string, unknown], b: [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
