import type { ClientName, Command } from '../../transcript/transcript';

/** A `console` block as the page carries it. */
export interface SessionBlock {
  group: number;
  client?: ClientName;
  norun?: string;
  commands: SessionCommand[];
}

export type SessionCommand = Pick<Command, 'source' | 'expected' | 'exitCode'>;

/** One command of a page and where it stands, which also says when it runs on the simulated clock. */
export interface PageCommand extends SessionCommand {
  group: number;
  client?: ClientName;
  /** 0-based place in its block. */
  index: number;
}

/** The commands of a block, each with its place. */
export function commandsOf({ group, client, commands }: SessionBlock): PageCommand[] {
  return commands.map((command, index) => ({ ...command, group, index, ...(client ? { client } : {}) }));
}

/** Names a command within its page. */
export function keyOf({ group, client, index }: Pick<PageCommand, 'group' | 'client' | 'index'>): string {
  return [group, client ?? '', index].join('/');
}

/** What a reader who follows one client's way runs up to `last`, in page order. */
export function pathTo(
  last: PageCommand,
  blocks: readonly SessionBlock[],
  client: ClientName,
): PageCommand[] {
  const chosen = last.client ?? client;
  return blocks
    .filter((block) => block.norun === undefined && (block.client ?? chosen) === chosen)
    .sort((a, b) => a.group - b.group)
    .flatMap(commandsOf)
    .filter(({ group, index }) => group < last.group || (group === last.group && index <= last.index));
}
