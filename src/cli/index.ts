/** The programs that a lesson types, beside those of the shell. */
import { glance } from './glance/shell';
import { openstack } from './openstack/shell';
import type { Program, ProgramCompleter } from './program';

export type ProgramName = 'openstack' | 'glance';

/** By the name they are called with. */
export const programs: Record<ProgramName, Program> = { openstack, glance };

/** What Tab offers after each program's name. */
export const completers: Record<ProgramName, ProgramCompleter> = {
  openstack: () => Promise.resolve([]),
  glance: () => Promise.resolve([]),
};
