/** Which commands there are depends on the versions of the APIs: `_load_plugins` of openstackclient/shell.py. */
import type { CloudRegion } from '../cloud-config';
import { CommandError, NotInSandbox } from '../errors';
import type { Command } from './command';
import { groupOf, type CommandGroup } from './commands';

type Api = 'identity' | 'image' | 'compute';

const SUPPORTED: Readonly<Record<Api, readonly string[]>> = {
  identity: ['2', '2.0', '3'],
  image: ['1', '2'],
  compute: ['2', '2.1'],
};
const STANDARD: Readonly<Record<Api, string>> = { identity: '3', image: '2', compute: '2.1' };

/** The groups of commands whose versions are chosen. */
const GROUPS: Readonly<Partial<Record<CommandGroup, Api>>> = {
  'openstack.compute.v2': 'compute',
  'openstack.identity.v3': 'identity',
  'openstack.image.v2': 'image',
};

/** What Image v1 had as well. */
const IMAGE_V1 = /^image (create|delete|list|save|set|show)$/;

/** What python-cinderclient knows: cinderclient/api_versions.py. */
const VOLUME = { majors: ['1', '2', '3'], newest: 71 };

/**
 * `check_api_version` of openstackclient/volume/client.py, before any command.
 *
 * @returns remarks about the version.
 * @throws {@link CommandError} for one that cinderclient does not speak; `warn` has heard what comes before.
 */
export function checkVolumeVersion(region: CloudRegion, warn: (text: string) => void): void {
  const asked = String(region.config.volume_api_version ?? '3');
  if (asked === '1' || asked === '2')
    warn(`Version ${asked} is not supported, use supported version 3 instead.`);
  const version = /^\d+$/.test(asked) ? `${asked}.0` : asked;
  const [, major, minor] = /^([1-9]\d*)\.([1-9]\d*|0|latest)$/.exec(version) ?? [];
  if (major === undefined)
    throw new CommandError(
      `Invalid format of client version '${version}'. Expected format 'X.Y', where X is a major part and Y is a minor part of version.`,
    );
  if (major !== '3') throw new CommandError(`Invalid client version '${version}'. Major part should be '3'`);
  if (minor !== 'latest' && Number(minor) > VOLUME.newest)
    throw new CommandError(`versions supported by client: 3.0 - 3.${VOLUME.newest}`);
  const isMicroversion = minor !== 'latest' && Number(minor) > 0;
  if (!isMicroversion && !VOLUME.majors.includes(asked))
    warn(`volume version ${asked} is not in supported versions: ${VOLUME.majors.join(', ')}`);
}

/** The version that is asked for, by an option, a variable or clouds.yaml. */
function versionOf(region: CloudRegion, api: Api): string {
  return String(region.config[`${api}_api_version`] ?? STANDARD[api]);
}

/** Only the number before the first dot counts for commands. */
function major(version: string): string {
  return version.split(/[._]/)[0] ?? '';
}

/** A remark about each version that the client does not know. */
export function versionWarnings(region: CloudRegion): string[] {
  return (['compute', 'identity', 'image'] as const)
    .filter((api) => !SUPPORTED[api].includes(versionOf(region, api)))
    .map(
      (api) =>
        `${api} version ${versionOf(region, api)} is not in supported versions: ${SUPPORTED[api].join(', ')}`,
    );
}

/** The commands that are left with these versions. */
export function namesWithVersions(names: readonly string[], region: CloudRegion): readonly string[] {
  const identity = major(versionOf(region, 'identity'));
  const image = major(versionOf(region, 'image'));
  const compute = major(versionOf(region, 'compute'));
  if (identity === '3' && image === '2' && compute === '2') return names;
  return names.filter((name) => {
    const api = apiOf(name);
    if (api === 'compute') return compute === '2';
    if (api === 'image') return image === '2' || (image === '1' && IMAGE_V1.test(name));
    // with 2, login refuses before it matters which of them there were
    return api !== 'identity' || identity === '3' || identity === '2';
  });
}

function apiOf(name: string): Api | undefined {
  const group = groupOf(name);
  return group && GROUPS[group];
}

/** @throws {@link NotInSandbox} for Identity v2, before a login. */
export function checkIdentity(region: CloudRegion, manual: string): void {
  if (major(versionOf(region, 'identity')) === '2')
    throw new NotInSandbox('openstack', 'version 2 of the Identity API', manual);
}

/** @throws {@link CommandError} for a version that no client is made for, after the login. */
export function checkClients(region: CloudRegion, command: Command): void {
  const identity = versionOf(region, 'identity');
  if (!SUPPORTED.identity.includes(identity))
    throw new CommandError(
      `Invalid identity client version '${identity}'. must be one of: ${SUPPORTED.identity.join(', ')}`,
    );
  if (versionOf(region, 'image') === '1' && apiOf(command.name) === 'image')
    throw new CommandError(
      `The image service for ${region.name}:${region.regionName ?? ''} exists but does not have any supported versions.`,
    );
}
