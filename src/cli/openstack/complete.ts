/** `openstack complete`: cliff/complete.py. The words are the real client's, the function around them is our own. */
import type { App } from './app';
import { commandParser, type Command, type PlainCommand } from './command';
import { compareStrings } from '../python';

/**
 * Makes the command.
 *
 * @param names all commands of the real client; those that the sandbox has not are completed without their options.
 * @param table gives the commands of the sandbox.
 */
export function completeCommand(
  names: readonly string[],
  table: () => Promise<readonly Command[]>,
): PlainCommand {
  return {
    name: 'complete',
    upstream: 'cliff.complete.CompleteCommand',
    kind: 'command',
    authRequired: false,
    description: 'print what bash needs to complete the words of this program',
    arguments: [
      { names: ['--name'], metavar: '<command_name>', default: null, help: 'Name under which the program is called' },
      {
        names: ['--shell'], metavar: '<shell>', default: 'bash', choices: ['bash', 'none'],
        help: 'Shell to print it for; none prints the words alone (default: bash)',
      },
    ], // prettier-ignore
    async run(app, args) {
      const words = wordLists(names, optionsOf(app, await table()));
      const data = words.map(([name, list]) => `  ${['cmds', name].filter(Boolean).join('_')}='${list}'\n`);
      const name = args.string('name') || 'openstack';
      app.output.write(args.string('shell') === 'none' ? data.join('') : bashFunction(name, data.join('')));
    },
  };
}

function optionsOf(app: App, commands: readonly Command[]): (name: string) => string {
  return (name) => {
    const command = commands.find((one) => one.name === name);
    if (command === undefined) return '-h --help';
    const { specs } = commandParser(command, `openstack ${name}`, app.helpColumns, app.context.env);
    return specs
      .flatMap((spec) => spec.names)
      .filter((option) => option.startsWith('-'))
      .join(' ');
  };
}

/** Words by what they begin with: the options of a whole command, or the words that may come next. */
type Tree = Map<string, string | Tree>;

/** What may follow the words of a command's beginning, by those words joined with `_`. The first is for no words. */
function wordLists(
  names: readonly string[],
  options: (name: string) => string,
): (readonly [name: string, list: string])[] {
  const tree: Tree = new Map();
  for (const name of [...names].sort(compareStrings)) plant(tree, name.split(' '), options(name));
  const lists = [...listsOf(tree, '')].sort(([a], [b]) => compareStrings(a, b));
  const plain = lists.map(([name, list]) => [name.replaceAll('-', '_'), list] as const);
  return [['', wordsOf(tree)], ...plain];
}

/** Where a whole command also begins another one (`image import`, `image import info`), the other's last word joins it. */
function plant(tree: Tree, words: readonly string[], options: string): void {
  let branch = tree;
  let last = words.at(-1) ?? '';
  for (const word of words.slice(0, -1)) {
    const next = branch.get(word) ?? new Map<string, string | Tree>();
    if (typeof next === 'string') {
      branch.set(word, `${next} ${last}`);
      last = `${word}_${last}`;
    } else {
      branch.set(word, next);
      branch = next;
    }
  }
  branch.set(last, options);
}

function wordsOf(tree: Tree): string {
  return [...tree.keys()].sort(compareStrings).join(' ');
}

function* listsOf(tree: Tree, path: string): Generator<readonly [string, string]> {
  for (const [word, next] of tree) {
    yield [path + word, typeof next === 'string' ? next : wordsOf(next)];
    if (typeof next !== 'string') yield* listsOf(next, `${path}${word}_`);
  }
}

function bashFunction(name: string, data: string): string {
  const id = `_${name.replaceAll('-', '_')}`;
  return `${id}()
{
  local cur prev words
  _get_comp_words_by_ref -n : cur prev words

  # what may follow which words
${data}
  # as far as the words typed so far make a command
  local offers=$cmds path=cmds word
  for word in "\${words[@]:1}"; do
    [[ $word =~ ^[a-z0-9_-]+$ && $word != -* ]] || break
    local next=\${path}_\${word//-/_}
    [[ -n \${!next} ]] || break
    path=$next offers=\${!next}
  done

  # a whole command is followed by options, or by names, which may be those of files
  if [[ $offers == -* && $cur != -* ]]; then
    COMPREPLY=( $(compgen -f -- "$cur") )
  else
    COMPREPLY=( $(compgen -W "$offers" -- "$cur") )
  fi
}
complete -F ${id} ${name}
`;
}
