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
    // all but those of what one back end with manila's dummy driver does not have: on neither cloud are they run
    tests: String.raw`manila_tempest_tests\.tests\.api\.(?!(admin\.)?test_(backup|migration|multi_backend|replication|scheduler_hints|share_group|share_servers|share_transfers|shares_from_snapshot|security_services_mapping))`,
  },
  objects: { title: 'Object storage', tests: 'object_storage' },
  // Swift's own functional tests, from its source
  swift: { title: "Swift's own", tests: String.raw`test\.functional` },
} as const satisfies Record<string, Suite>;

export type SuiteName = keyof typeof SUITES;
export const SUITE_NAMES = Object.keys(SUITES) as SuiteName[]; // its own keys

/** The packages that bring the tests. */
export const PACKAGES = ['tempest', 'glance-tempest-plugin', 'manila-tempest-plugin'];

/** What Tempest is told to run; `undefined` if nothing. */
export function testsOf(names: readonly SuiteName[]): string | undefined {
  const tests = names.filter((name) => name !== 'swift').map((name) => SUITES[name].tests);
  return tests.length === 0 ? undefined : String.raw`^(tempest\.api\.)?(${tests.join('|')})`;
}

/** Whether a test, or the set-up of its class, is of a suite; its name may lack `tempest.api.`. */
export function isOf(name: SuiteName, id: string): boolean {
  return new RegExp(String.raw`^(setUpClass \()?(tempest\.api\.)?(${SUITES[name].tests})`).test(id);
}
