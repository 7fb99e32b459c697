/** Options that several volume commands have. */
import { int, type ArgumentSpec } from '../../arguments';

/** `key=value`, collected. */
export function properties(help: string, name = '--property', dest?: string): ArgumentSpec {
  return { names: [name], metavar: '<key=value>', action: 'key_value', ...(dest && { dest }), help };
}

/** `add_marker_pagination_option_to_parser` of openstackclient/common/pagination.py. */
export const paging: readonly ArgumentSpec[] = [
  { names: ['--limit'], metavar: '<limit>', type: int, action: 'non_negative', help: 'So many at most' },
  { names: ['--marker'], metavar: '<marker>', help: 'Begin after this one (ID)' },
];

/** `--bootable` and `--non-bootable`, `--read-only` and `--read-write`. */
export const flags: readonly ArgumentSpec[] = [
  { names: ['--bootable'], action: 'store_true', exclusive: 'bootable', help: 'A server may boot from it' },
  { names: ['--non-bootable'], action: 'store_true', exclusive: 'bootable', help: 'No server boots from it' },
  { names: ['--read-only'], action: 'store_true', exclusive: 'read', help: 'Servers may only read it' },
  {
    names: ['--read-write'],
    action: 'store_true',
    exclusive: 'read',
    help: 'Servers may read and write it',
  },
];

export const projectDomain: ArgumentSpec = {
  names: ['--project-domain'],
  metavar: '<project-domain>',
  help: 'Domain of the project (name or ID), where several projects have the same name',
};

/** A list that has as many words before it as one reads. */
export function attempts(app: { log(level: 'error', text: string): void }) {
  let failed = 0;
  return {
    /** Does something; what goes wrong is told, counted and does not stop the rest. */
    async attempt(failure: (why: string) => string, act: () => Promise<unknown>): Promise<void> {
      try {
        await act();
      } catch (error) {
        failed++;
        app.log('error', failure(error instanceof Error ? error.message : String(error)));
      }
    },
    get failed(): number {
      return failed;
    },
  };
}
