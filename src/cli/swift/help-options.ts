/** An option as the help of a command has it. */
export interface HelpOption {
  /** Such as `-p <prefix>, --prefix <prefix>`. */
  name: string;
  help: string;
}

/** The options in a command's help text: the name stands two columns in, what it does farther to the right or below. */
export function optionsInHelp(help: string): HelpOption[] {
  const found: HelpOption[] = [];
  for (const line of (help.split('Optional arguments:\n')[1] ?? '').split('\n')) {
    const [, name, words = ''] = /^ {2}(-\S.*?)(?: +(?=[A-Z][a-z ]|- is )(.*))?$/.exec(line) ?? [];
    const last = found.at(-1);
    if (name !== undefined) found.push({ name: name.trim(), help: words.trim() });
    else if (last !== undefined) last.help = `${last.help} ${line.trim()}`.trim();
  }
  return found;
}
