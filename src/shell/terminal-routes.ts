import type {
  CommandNode,
  PipelineNode,
  ScriptNode,
  SimpleCommandNode,
  StatementNode,
  WordNode,
} from 'just-bash';

/**
 * just-bash collects a whole line's stdout and stderr apart, so their order is lost, and it tells a program
 * neither whether its output is a terminal nor whether its input is one. Both are decided before the line runs,
 * in its syntax tree:
 * - a command whose output goes to the terminal gets `>>/dev/terminal/stdout 2>>/dev/terminal/stderr` in front
 *   of its own redirections. These files are watched, so output arrives command by command, in order;
 * - a command in a pipe, a redirect or `$(…)` gets a descriptor that says so. Descriptors are inherited, so a
 *   program inside a function or a loop sees it too.
 */
export const STDOUT_FILE = '/dev/terminal/stdout';
export const STDERR_FILE = '/dev/terminal/stderr';
export const STDOUT_IS_NO_TERMINAL = 250;
export const STDIN_IS_NO_TERMINAL = 251;

/** Makes its argument `$?`. */
export const STATUS_COMMAND = '__status';

/** Runs at the top of every loop, so that Ctrl-C and the page get a turn. */
export const PAUSE_COMMAND = '__pause';

interface Route {
  /** Whether this stream of the command still goes to the terminal unless the command redirects it. */
  stdout: boolean;
  stderr: boolean;
  stdinPiped: boolean;
  stdoutPiped: boolean;
  /** False in a function's body: where its output goes is decided where it is called. */
  redirect: boolean;
}

type Redirection = SimpleCommandNode['redirections'][number];

/** Changes the tree in place. */
export function routeToTerminal(script: ScriptNode): void {
  routeStatements(script.statements, {
    stdout: true,
    stderr: true,
    stdinPiped: false,
    stdoutPiped: false,
    redirect: true,
  });
}

/** The same for a script that a command runs, as `bash -c` and `xargs` do: that command's output is its output. */
export function routeInside(script: ScriptNode): void {
  routeStatements(script.statements, {
    stdout: false,
    stderr: false,
    stdinPiped: false,
    stdoutPiped: false,
    redirect: false,
  });
}

function routeStatements(statements: readonly StatementNode[], route: Route): void {
  for (const statement of statements) {
    for (const pipeline of statement.pipelines) routePipeline(pipeline, route);
  }
}

function routePipeline(pipeline: PipelineNode, route: Route): void {
  const [only] = pipeline.commands;
  if (pipeline.commands.length === 1 && only && isPlainAssignment(only)) {
    // bash says 0 after it, just-bash what was before
    pipeline.commands = [
      { type: 'Group', body: [statement(only), statement(call(STATUS_COMMAND, '0'))], redirections: [] },
    ];
    return;
  }
  const last = pipeline.commands.length - 1;
  pipeline.commands.forEach((command, i) => {
    routeCommand(command, {
      ...route,
      stdout: route.stdout && i === last,
      stderr: route.stderr && !pipeline.pipeStderr?.[i],
      stdinPiped: i > 0,
      stdoutPiped: i < last,
    });
  });
}

function routeCommand(command: CommandNode, route: Route): void {
  const inside = { ...route, stdinPiped: false, stdoutPiped: false };
  switch (command.type) {
    case 'FunctionDef':
      return routeCommand(command.body, { ...inside, redirect: false });
    case 'ArithmeticCommand':
    case 'ConditionalCommand':
      return substitutions(command, route);
    case 'SimpleCommand':
      substitutions(command, route);
      // `exec > file` redirects the shell itself; an assignment alone has no output
      if (command.name === null || (literal(command.name) === 'exec' && command.args.length === 0)) return;
      command.redirections.unshift(...redirectionsFor(command.redirections, route));
      return;
  }
  // a compound command whose output is redirected collects it; otherwise its parts print as they go
  const own = command.redirections;
  substitutions(own, route);
  const collected = own.some((redirection) => redirectsOutput(redirection));
  command.redirections = [
    ...redirectionsFor(own, { ...route, redirect: route.redirect && collected }),
    ...own,
  ];
  const body = collected ? { ...inside, redirect: false } : inside;
  const loop = (statements: StatementNode[]) => {
    routeStatements(statements, body);
    statements.unshift(statement(call(PAUSE_COMMAND)));
  };
  switch (command.type) {
    case 'Group':
    case 'Subshell':
      return routeStatements(command.body, body);
    case 'If':
      for (const clause of command.clauses) {
        routeStatements(clause.condition, body);
        routeStatements(clause.body, body);
      }
      return routeStatements(command.elseBody ?? [], body);
    case 'Case':
      return command.items.forEach((item) => routeStatements(item.body, body));
    case 'While':
    case 'Until':
      routeStatements(command.condition, body);
      return loop(command.body);
    case 'For':
      substitutions(command.words ?? [], route);
      return loop(command.body);
    case 'CStyleFor':
      return loop(command.body);
  }
}

/** What to put in front of a command's own redirections. */
function redirectionsFor(own: readonly Redirection[], route: Route): Redirection[] {
  const added: Redirection[] = [];
  if (route.redirect && route.stdout) added.push(redirection(1, '>>', STDOUT_FILE));
  if (route.redirect && route.stderr) added.push(redirection(2, '>>', STDERR_FILE));
  if (route.stdoutPiped || own.some((each) => redirectsOutput(each, 1))) {
    added.push(redirection(STDOUT_IS_NO_TERMINAL, '<<<', 'yes'));
  }
  if (route.stdinPiped || own.some(redirectsInput))
    added.push(redirection(STDIN_IS_NO_TERMINAL, '<<<', 'yes'));
  return added;
}

function redirectsOutput({ operator, fd }: Redirection, only?: number): boolean {
  if (operator === '&>' || operator === '&>>') return true;
  if (operator !== '>' && operator !== '>>' && operator !== '>|' && operator !== '>&') return false;
  return only === undefined || (fd ?? 1) === only;
}

function redirectsInput({ operator, fd }: Redirection): boolean {
  return operator.startsWith('<') && (fd ?? 0) === 0;
}

function redirection(fd: number, operator: Redirection['operator'], target: string): Redirection {
  return { type: 'Redirection', fd, operator, target: word(target) };
}

function word(value: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value }] };
}

function literal(name: WordNode): string | undefined {
  const [part, more] = name.parts;
  return part?.type === 'Literal' && more === undefined ? part.value : undefined;
}

/** `X=1` alone, and no `$(…)` in it, whose status would count. */
function isPlainAssignment(command: CommandNode): boolean {
  return (
    command.type === 'SimpleCommand' &&
    command.name === null &&
    command.assignments.length > 0 &&
    command.redirections.length === 0 &&
    !JSON.stringify(command.assignments).includes('"CommandSubstitution"')
  );
}

function call(name: string, ...args: string[]): SimpleCommandNode {
  return { type: 'SimpleCommand', assignments: [], name: word(name), args: args.map(word), redirections: [] };
}

function statement(command: CommandNode): StatementNode {
  const pipeline: PipelineNode = { type: 'Pipeline', commands: [command], negated: false };
  return { type: 'Statement', pipelines: [pipeline], operators: [], background: false };
}

/** `$(…)` and `<(…)` can stand deep inside words: their stdout is taken, their stderr still shows. */
function substitutions(node: unknown, route: Route): void {
  if (typeof node !== 'object' || node === null) return;
  if (isSubstitution(node)) {
    routeStatements(node.body.statements, { ...route, stdout: false, stdinPiped: false, stdoutPiped: false });
    for (const statement of node.body.statements) {
      for (const { commands } of statement.pipelines) {
        const last = commands.at(-1);
        if (!last || last.type === 'FunctionDef' || (last.type === 'SimpleCommand' && !last.name)) continue;
        last.redirections.unshift(redirection(STDOUT_IS_NO_TERMINAL, '<<<', 'yes'));
      }
    }
    return;
  }
  for (const value of Object.values(node)) substitutions(value, route);
}

function isSubstitution(node: object): node is { body: ScriptNode } {
  return (
    'type' in node &&
    (node.type === 'CommandSubstitution' || node.type === 'ProcessSubstitution') &&
    'body' in node &&
    typeof node.body === 'object'
  );
}
