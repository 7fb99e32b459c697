import type { ScriptNode, StatementNode } from 'just-bash';
import { parse, printScript } from './parse';
import { STATUS_COMMAND } from './terminal-routes';

/**
 * What a bash process keeps between two lines, as JSON. just-bash forgets all of it after every `exec`,
 * so each line starts with statements that bring it back ({@link prologue}) and ends with one that reports it
 * ({@link epilogue}).
 */
export interface SessionState {
  cwd: string;
  /** All scalar variables, exported or not; aliases are among them, as just-bash keeps them there. */
  variables: Record<string, string>;
  exported: string[];
  /** Arrays and attributes, each as the command that makes it. */
  declarations: string[];
  /** Name to definition. */
  functions: Record<string, string>;
  /** Names of the `set -o` and `shopt` options that are on. */
  options: string[];
  shopts: string[];
  /** `$?`, and `PIPESTATUS` when the last line was a pipe. */
  status: number;
  pipeStatus: number[];
}

export const SAVE_COMMAND = '__save';

/** Kept by just-bash among the variables but not variables of the user's. */
const NOT_VARIABLES = new Set([
  '?',
  '$',
  '!',
  '_',
  '-',
  'SHELLOPTS',
  'BASHOPTS',
  'PIPESTATUS',
  'LINENO',
  'SECONDS',
]);

/** `set -e` would end the session at the first mistake, `set -n` would make it deaf: both last for one line only. */
const NOT_KEPT = new Set(['errexit', 'noexec', 'braceexpand', 'hashall', 'interactive-comments']);

export function newSession(cwd: string, variables: Readonly<Record<string, string>>): SessionState {
  const exported = { HOME: cwd, PATH: '/usr/bin:/bin', PWD: cwd, OLDPWD: cwd, ...variables };
  return {
    cwd,
    variables: { ...exported, IFS: ' \t\n', OPTIND: '1' },
    exported: Object.keys(exported),
    declarations: [],
    functions: {},
    options: [],
    shopts: ['expand_aliases', 'globskipdots'],
    status: 0,
    pipeStatus: [0],
  };
}

/** Statements to run before a line. */
export function prologue(session: SessionState): StatementNode[] {
  const status = session.pipeStatus.length > 1 ? session.pipeStatus : [session.status];
  const source = [
    ...Object.values(session.functions),
    ...session.shopts.map((name) => `shopt -s ${name}`),
    ...session.declarations,
    ...session.options.map((name) => `set -o ${name}`),
    status.map((code) => `${STATUS_COMMAND} ${code} 2>/dev/null`).join(' | '),
  ].join('\n');
  return silent(parse(source));
}

/** Statements to run after a line. */
export function epilogue(): StatementNode[] {
  return silent(
    parse(
      `${SAVE_COMMAND} "$?" "\${PIPESTATUS[*]}" "$(declare -p 2>/dev/null)" "$(declare -F 2>/dev/null)" 2>/dev/null`,
    ),
  );
}

/** Without its source text a statement is not printed by `set -v`. */
function silent(script: ScriptNode): StatementNode[] {
  return script.statements.map(({ sourceText: _, ...statement }) => statement);
}

/** What {@link SAVE_COMMAND} is told. */
export interface Report {
  args: readonly string[];
  cwd: string;
  variables: Iterable<readonly [string, string]>;
}

/** The session after a line; `defined` are the function definitions that the line contained, by name. */
export function saveSession(
  before: SessionState,
  report: Report,
  defined: Record<string, string>,
): SessionState {
  const [status = '0', pipeStatus = '', declared = '', functionNames = ''] = report.args;
  const all = new Map(report.variables);
  const session: SessionState = {
    ...before,
    cwd: report.cwd,
    variables: Object.fromEntries([...all].filter(([name]) => !NOT_VARIABLES.has(name))),
    exported: [],
    declarations: [],
    functions: {},
    options: names(all.get('SHELLOPTS')).filter((name) => !NOT_KEPT.has(name)),
    shopts: names(all.get('BASHOPTS')),
    status: Number(status),
    pipeStatus: pipeStatus.split(' ').map(Number),
  };
  for (const line of declared.split('\n')) {
    const match = /^declare -(\S+) ([A-Za-z_]\w*)(?:=(.*))?$/.exec(line);
    if (match?.[1] && match[2] && !NOT_VARIABLES.has(match[2]))
      declare(session, match[1], match[2], match[3]);
  }
  for (const line of functionNames.split('\n')) {
    const name = line.replace(/^declare -f /, '');
    const definition = defined[name] ?? before.functions[name];
    if (definition !== undefined) session.functions[name] = definition;
  }
  return session;
}

function declare(session: SessionState, flags: string, name: string, value: string | undefined): void {
  if (flags.includes('x')) session.exported.push(name);
  if (flags.includes('A')) session.declarations.push(`declare -A ${name}`);
  if (/[aA]/.test(flags) && value !== undefined) session.declarations.push(`${name}=${value}`);
  const attributes = flags.replace(/[^ilunr]/g, '');
  if (attributes !== '') session.declarations.push(`declare -${attributes} ${name}`);
}

function names(list: string | undefined): string[] {
  return (list ?? '').split(':').filter((name) => name !== '');
}

/** The function definitions in a tree, as text by name, wherever they stand. */
export function functionDefinitions(script: ScriptNode): Record<string, string> {
  const found: Record<string, string> = {};
  visit(script, found);
  return found;
}

function visit(node: unknown, found: Record<string, string>): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'Statement') {
    // a tree that the parser made: a node whose type is Statement is one
    const statement = node as StatementNode;
    for (const { commands } of statement.pipelines) {
      for (const command of commands) {
        if (command.type !== 'FunctionDef') continue;
        found[command.name] = printScript({
          type: 'Script',
          statements: [
            {
              type: 'Statement',
              pipelines: [{ type: 'Pipeline', commands: [command], negated: false }],
              operators: [],
              background: false,
            },
          ],
        });
      }
    }
  }
  for (const value of Object.values(node)) visit(value, found);
}
