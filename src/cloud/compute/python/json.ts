import { PythonError, PythonFloat, type Value } from './values';

// A text, or a number as JSON allows it. What is neither stays for JSON.parse to judge.
const TOKEN =
  /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?<!\w)(?:NaN|-?Infinity)(?!\w)/gs;
const MARK = '\u0000number:';

/**
 * Python's `json.loads`: it keeps ints and floats apart, has ints of any size, and knows `NaN` and `Infinity`.
 *
 * @throws {@link PythonError} JSONDecodeError.
 */
export function loads(text: string): Value {
  const marked = text.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return token;
    return isPlain(token) ? token : JSON.stringify(MARK + token);
  });
  try {
    return JSON.parse(marked, (_key, value: Value) =>
      typeof value === 'string' && value.startsWith(MARK) ? number(value.slice(MARK.length)) : value,
    ) as Value; // JSON has no other values
  } catch (error) {
    throw new PythonError('JSONDecodeError', (error as Error).message); // JSON.parse throws SyntaxError only
  }
}

/** Whether JavaScript's number says all that Python's would. */
function isPlain(token: string): boolean {
  const value = Number(token);
  return /[.eEN]|Infinity/.test(token)
    ? Number.isFinite(value) && !Number.isInteger(value)
    : Number.isSafeInteger(value);
}

function number(token: string): Value {
  const value = Number(token);
  if (!/[.eEN]|Infinity/.test(token)) return BigInt(token);
  return Number.isInteger(value) ? new PythonFloat(value) : value;
}
