/** `-w`: `src/tool_writeout.c` of curl. */

/** What is known of a transfer when it has ended. */
export interface TransferFacts {
  [name: string]: string | number | null;
}

export interface WriteOut {
  stdout: string;
  stderr: string;
  /** By file name, from `%output{…}`. */
  files: Map<string, string>;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * @param format as typed, with `%{variable}`, `%header{name}`, `\n`.
 * @param headers of the last answer.
 */
export function writeOut(format: string, facts: TransferFacts, headers: Headers | undefined): WriteOut {
  const result: WriteOut = { stdout: '', stderr: '', files: new Map() };
  let unknown = '';
  let target = 'stdout';
  const print = (text: string) => {
    if (target === 'stdout' || target === 'stderr') result[target] += text;
    else result.files.set(target, (result.files.get(target) ?? '') + text);
  };
  const pattern = /%%|%\{([^}]*)\}|%header\{([^}]*)\}|%output\{([^}]*)\}|\\([nrt])|[^%\\]+|[^]/g;
  for (const [text, name, header, file, escape] of format.matchAll(pattern)) {
    if (text === '%%') print('%');
    else if (escape !== undefined) print(ESCAPES[escape] ?? '');
    else if (header !== undefined) print(headers?.get(header) ?? '');
    else if (file !== undefined) target = file.replace(/^>>/, '');
    else if (name === undefined) print(text);
    else if (name === 'stdout' || name === 'stderr') target = name;
    else if (name === 'onerror') {
      if (facts['exitcode'] === 0) break;
    } else if (name === 'header_json') print(headerJson(headers));
    else if (name === 'json') print(JSON.stringify(facts));
    else if (name in facts) print(shown(name, facts[name] ?? ''));
    else unknown += `curl: unknown --write-out variable: '${name}'\n`;
  }
  return { ...result, stderr: unknown + result.stderr };
}

function shown(name: string, value: string | number): string {
  if (name === 'http_code' || name === 'response_code') return String(value).padStart(3, '0');
  return name.startsWith('time_') && typeof value === 'number' ? value.toFixed(6) : String(value);
}

function headerJson(headers: Headers | undefined): string {
  const lines = [...(headers ?? [])].map(([name, value]) => `"${name}":[${JSON.stringify(value)}]`);
  return `{${lines.join(',\n')}\n}`;
}
