/** Which commands there are depends on the versions of the APIs: `_load_plugins` of openstackclient/shell.py. */
import type { CloudRegion } from '../cloud-config';
import { CommandError, NotInSandbox } from '../errors';
import type { Command } from './command';

type Api = 'identity' | 'image' | 'compute';

const SUPPORTED: Readonly<Record<Api, readonly string[]>> = {
  identity: ['2', '2.0', '3'],
  image: ['1', '2'],
  compute: ['2', '2.1'],
};
const STANDARD: Readonly<Record<Api, string>> = { identity: '3', image: '2', compute: '2.1' };

/** Commands of Identity v3 that the sandbox has not, by their first words. */
const OTHER_IDENTITY =
  /^(access token|consumer|credential|ec2 credentials|endpoint group|federation|identity provider|limit|mapping|policy|registered limit|request token|service provider|trust) /;

/** Commands of the Compute service, by their first words. */
const COMPUTE = /^(aggregate|compute|console|flavor|host|hypervisor|keypair|server|usage) /;

/** What Image v1 had as well. */
const IMAGE_V1 = /^image (create|delete|list|save|set|show)$/;

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
export function namesWithVersions(
  names: readonly string[],
  commands: readonly Command[],
  region: CloudRegion,
): readonly string[] {
  const identity = major(versionOf(region, 'identity'));
  const image = major(versionOf(region, 'image'));
  const compute = major(versionOf(region, 'compute'));
  if (identity === '3' && image === '2' && compute === '2') return names;
  const upstream = new Map(commands.map((command) => [command.name, command.upstream]));
  return names.filter((name) => {
    const api = apiOf(name, upstream.get(name) ?? '');
    if (api === 'compute') return compute === '2';
    if (api === 'image') return image === '2' || (image === '1' && IMAGE_V1.test(name));
    // with 2, login refuses before it matters which of them there were
    return api !== 'identity' || identity === '3' || identity === '2';
  });
}

function apiOf(name: string, upstream: string): Api | undefined {
  if (COMPUTE.test(name)) return 'compute';
  if (upstream.startsWith('openstackclient.image.v2.')) return 'image';
  const identity = upstream.startsWith('openstackclient.identity.v3.') || OTHER_IDENTITY.test(name);
  return identity ? 'identity' : undefined;
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
  if (versionOf(region, 'image') === '1' && apiOf(command.name, command.upstream) === 'image')
    throw new CommandError(
      `The image service for ${region.name}:${region.regionName ?? ''} exists but does not have any supported versions.`,
    );
}
