// @ts-check
const start = /^\s*\/\/\s*#region\s+(\S+)\s*$/;
const end = /^\s*\/\/\s*#endregion\b\s*(\S*)\s*$/;

/**
 * Finds `// #region name` … `// #endregion name` in a source text.
 *
 * @param {string} source
 * @param {string} name
 * @returns {{ from: number, to: number } | { error: string }} the lines between the two marks as 0-based [from, to)
 */
export function findRegion(source, name) {
  const lines = source.split('\n');
  const from = lines.findIndex((line) => start.exec(line)?.[1] === name);
  if (from === -1) {
    const known = lines.flatMap((line) => start.exec(line)?.[1] ?? []);
    return { error: `has no "// #region ${name}"; it has: ${known.join(', ') || 'no regions'}` };
  }
  let depth = 0;
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (start.test(line)) depth++;
    const closes = end.exec(line);
    if (!closes) continue;
    if (closes[1] === name || (depth === 0 && !closes[1])) return { from: from + 1, to: i };
    depth--;
  }
  return { error: `has no "// #endregion ${name}"` };
}

/**
 * Whether a line is a mark of a region and not code.
 * @param {string} line
 */
export function isRegionMark(line) {
  return start.test(line) || end.test(line);
}
