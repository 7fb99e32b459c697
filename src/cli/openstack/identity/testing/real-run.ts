/** A transcript of the real client, 7.4.0, against a real Keystone 2025.1: commands one after another, and what each printed. */

/** One line that somebody typed, and what came of it. */
export interface Typed {
  /** The line as it stands in the transcript. */
  line: string;
  user: string;
  /** Variables to set for it; those without a value are taken away. */
  env: Readonly<Record<string, string | undefined>>;
  /** The name under which its output is kept for later lines. */
  keep: string | undefined;
  args: readonly string[];
  /** What it printed, errors behind `! ` and an exit code in brackets at the end; undefined where the two clouds hold different things. */
  output: string | undefined;
}

/** Reads a transcript: `$ [@KEEP ]USER[ NAME=VALUE|-NAME…]| words…`, then the output. */
export function parseRun(text: string): Typed[] {
  return text
    .split(/^\$ (?=\S+.*?\| )/m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const line = part.slice(0, end);
      const output = part.slice(end + 1);
      const [, keep, user = '', settings = '', command = ''] =
        /^(?:@(\w+) )?(\w+)((?: [^|\s]+)*)\| (.*)$/.exec(line) ?? [];
      const env = Object.fromEntries(
        settings
          .trim()
          .split(' ')
          .filter((word) => word !== '')
          .map((word) => {
            if (word.startsWith('-')) return [word.slice(1), undefined];
            const at = word.indexOf('=');
            return [word.slice(0, at), word.slice(at + 1)];
          }),
      ) as Record<string, string | undefined>; // entries of text
      return { line, user, env, keep, args: words(command), output: output === '~\n' ? undefined : output };
    });
}

/** The words of a line, quotes taken off. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}

/** What a program printed, as the transcript has it. */
export function printed(result: { stdout: string; stderr: string; exitCode: number }): string {
  const errors = mask(result.stderr)
    .replace(/^(?=.)/gm, '! ')
    .replace(/^\n/gm, '! \n');
  return mask(result.stdout) + errors + (result.exitCode === 0 ? '' : `[${result.exitCode}]\n`);
}

/** Hides what is different every time: where the cloud is, ids, secrets. */
export function mask(text: string): string {
  return text
    .replace(/https:\/\/openstack\.example\/identity|http:\/\/127\.0\.0\.1:5000/g, 'IDENTITY')
    .replace(/https:\/\/openstack\.example\/image|http:\/\/127\.0\.0\.1:9292/g, 'IMAGE')
    .replace(/req-[0-9a-f-]{36}/g, 'REQUEST')
    .replace(/\b[0-9a-f]{32}\b/g, 'ID'.padEnd(32, '.'))
    .replace(/\b[\w-]{86}(?= \|$)/gm, 'SECRET'.padEnd(86, '.'));
}
