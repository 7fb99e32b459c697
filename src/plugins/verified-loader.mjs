// @ts-check

/**
 * Turns `real-cloud/verified.json?page=docs/day-3/index.md&hashes=… …` into what that page says about it, and no more:
 * `{ release, server, standIns, date, verified, of }`, or `null` when none of its blocks was replayed. A loader,
 * because the bundler then knows that the page depends on the file and never serves old news from its cache.
 *
 * @this {import('webpack').LoaderContext<{ page: string, hashes: string, services: string, standIns: string }>}
 * @param {string} source
 * @returns {string}
 */
export default function verifiedLoader(source) {
  const { page, hashes, services, standIns } = this.getOptions();
  const found = verification(JSON.parse(source), page, hashes.split(' '), services.split(' '));
  return JSON.stringify(found && { ...found, standIns });
}

/**
 * What a page can claim. The oldest replay is what the whole page can.
 * @param {Pick<import('../../real-cloud/verified').Verified, 'blocks'> & { runs: { date: string, release: string, services: Record<string, string> }[] }} verified
 * @param {string} page path of the page in the repository
 * @param {string[]} hashes of its blocks that run
 * @param {string[]} services that they reach
 * @returns {Omit<import('../components/Verified').Verification, 'standIns'> | null}
 */
export function verification({ runs, blocks }, page, hashes, services) {
  const replays = hashes.flatMap((hash) => runs[blocks[page]?.[hash] ?? -1] ?? []);
  const [oldest] = [...replays].sort((a, b) => (a.date < b.date ? -1 : 1));
  if (!oldest) return null;
  const { date, release } = oldest;
  const server = services.map((name) => `${name} ${oldest.services[name] ?? ''}`.trim()).join(', ');
  return { date, release, server, verified: replays.length, of: hashes.length };
}
