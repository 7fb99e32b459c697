/** Node's `util.inspect`, as far as argparse calls it: how a value looks in an error message. */
export function inspect(value: unknown): string {
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return (
      quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n') + quote
    );
  }
  if (Array.isArray(value)) return value.length ? `[ ${value.map(inspect).join(', ')} ]` : '[]';
  return String(value);
}

inspect.custom = Symbol.for('nodejs.util.inspect.custom');
