/** The parts of OpenStack's own test suite that are run here. */

interface Suite {
  title: string;
  /** How the names of its tests begin, without `tempest.api.`. */
  tests: string;
}

export const SUITES = {
  image: { title: 'Image', tests: String.raw`image\.v2|glance_tempest_plugin` },
  identity: { title: 'Identity', tests: 'identity' },
  network: { title: 'Network', tests: 'network' },
  keypairs: { title: 'Key pairs', tests: String.raw`compute\.keypairs` },
  shares: {
    title: 'Shares',
    // what needs a second back end, share servers or a driver that can replicate is left out
    tests: String.raw`manila_tempest_tests\.tests\.api\.(admin\.)?test_(access_rules|metadata|public_shares|quotas|limits|revert_to|rules|share_types|shares_actions|shares|shares_negative|snapshot_metadata|snapshots|snapshots_negative|resource_locks|export_locations)(_|\.)`,
  },
  objects: { title: 'Object storage', tests: 'object_storage' },
} as const satisfies Record<string, Suite>;

export type SuiteName = keyof typeof SUITES;
export const SUITE_NAMES = Object.keys(SUITES) as SuiteName[]; // its own keys

/** The packages that bring the tests. */
export const PACKAGES = ['tempest', 'glance-tempest-plugin', 'manila-tempest-plugin'];

/** What Tempest is told to run. */
export function testsOf(names: readonly SuiteName[]): string {
  return String.raw`^(tempest\.api\.)?(${names.map((name) => SUITES[name].tests).join('|')})`;
}

/** Whether a test, or the set-up of its class, is of a suite; its name may lack `tempest.api.`. */
export function isOf(name: SuiteName, id: string): boolean {
  return new RegExp(String.raw`^(setUpClass \()?(tempest\.api\.)?(${SUITES[name].tests})`).test(id);
}
