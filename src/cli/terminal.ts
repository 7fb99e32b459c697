import type { ProgramContext } from './program';

/** shutil.get_terminal_size: COLUMNS, else the terminal, else 80. */
export function helpColumns({
  env,
  stdoutIsTerminal,
  columns,
}: Pick<ProgramContext, 'env' | 'stdoutIsTerminal' | 'columns'>): number {
  const asked = Number.parseInt(env.COLUMNS ?? '', 10);
  return asked > 0 ? asked : stdoutIsTerminal && columns > 0 ? columns : 80;
}
