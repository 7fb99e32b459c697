const TOKEN = String.raw`[^()<>@,;:"/[\]?={}\x00-\x20\x7f]+`;
const PARAMETER = String.raw`\s*;\s*${TOKEN}\s*=\s*(?:${TOKEN}|"(?:[^"\\]|\\.)*")`;
const RANGE = new RegExp(String.raw`^\s*(${TOKEN})/(${TOKEN})((?:${PARAMETER})*\s*)$`);

/** An Accept header that is none. */
export class InvalidAccept extends Error {}

/**
 * Which of `options` an Accept header likes best; undefined for none of them. Modelled on `Accept.best_match` of
 * swift/common/swob.py.
 *
 * @throws {@link InvalidAccept}
 */
export function bestMatch(header: string | null, options: readonly string[]): string | undefined {
  if (header === null || header === '') return options[0];
  const wanted = header.split(',').map((word) => {
    const [, type, subtype, parameters = ''] = RANGE.exec(word) ?? [];
    if (type === undefined || subtype === undefined) throw new InvalidAccept();
    const qualities = parameters
      .split(';')
      .map((parameter) => parameter.trim().split('='))
      .filter(([name]) => name?.trim() === 'q')
      .map(([, value]) => Number(value?.trim()));
    if (qualities.length > 1 || qualities.some(Number.isNaN)) throw new InvalidAccept();
    return { type, subtype, quality: qualities[0] ?? 1, exact: type !== '*' && subtype !== '*' };
  });
  wanted.sort((a, b) => b.quality - a.quality || Number(b.exact) - Number(a.exact));
  for (const { type, subtype } of wanted) {
    const found = options.find((option) => {
      const [optionType, optionSubtype] = option.split('/');
      return (type === '*' || type === optionType) && (subtype === '*' || subtype === optionSubtype);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
