/**
 * JSON as Python's `json.dumps` writes it, with a space after `,` and `:`. The real services answer so,
 * and `--debug` shows their bodies as they came.
 *
 * @param options.ensureAscii escapes everything beyond ASCII, as `json.dumps` does unless told otherwise.
 * @param options.compact leaves the spaces out, as Flask's `jsonify` does.
 */
export function dumps(value: unknown, options: { ensureAscii?: boolean; compact?: boolean } = {}): string {
  const text = options.compact ? JSON.stringify(value) : spaced(value);
  return options.ensureAscii === false ? text : text.replace(/[\u007f-\uffff]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** No text in JSON holds a line break, so the line breaks of an indented document are where the spaces belong. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '');
}
