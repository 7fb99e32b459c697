/** The programs that a lesson types, beside those of the shell. */
import type { Program, ProgramCompleter } from './program';
import { openstack } from './openstack/shell';

export type ProgramName = 'openstack' | 'glance';

/** By the name they are called with. */
export const programs: Record<ProgramName, Program> = {
  openstack,
  glance: () => Promise.resolve({ stdout: '', stderr: 'glance: not here yet\n', exitCode: 1 }),
};

/** What Tab offers after each program's name. */
export const completers: Record<ProgramName, ProgramCompleter> = {
  openstack: () => Promise.resolve([]),
  glance: () => Promise.resolve([]),
};
