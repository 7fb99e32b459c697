import { SAMPLE_IMAGES } from '../disk-image/samples';

/** Where the learner starts, and what the sandbox keeps between two visits. */
export const HOME = '/home/learner';

/** Who you are until OS_CLOUD says otherwise. */
export const DEFAULT_USER = 'demo';

const USERS: Readonly<Record<string, string>> = {
  admin: 'admin',
  demo: 'demo',
  partner: 'partner',
  viewer: 'demo',
};

/** What OS_CLOUD can be. */
export const USER_NAMES: readonly string[] = Object.keys(USERS);

export type HomeFile =
  | string
  | Uint8Array
  | { content: string | Uint8Array; mode: number }
  | (() => Uint8Array | Promise<Uint8Array>);

/** What the users of a cloud have in common. */
export interface Login {
  /** Name of the domain of users and projects. */
  domain: string;
  password: string;
}

const LOGIN: Login = { domain: 'Default', password: 'secret' };

/** The home folder's files: how to log in, and small real disk images. */
export function homeFiles(authUrl: string, login = LOGIN): Record<string, HomeFile> {
  const files: Record<string, HomeFile> = {};
  for (const [name, content] of Object.entries(loginFiles(authUrl, login)))
    files[`${HOME}/${name}`] = { content, mode: 0o600 };
  for (const [name, make] of Object.entries(SAMPLE_IMAGES)) files[`${HOME}/${name}`] = make;
  return files;
}

/** Folders of small real files that a page can ask for, and where their names and bytes come from when it does. */
const SAMPLE_FOLDERS: Readonly<Record<string, () => Promise<Record<string, () => Promise<Uint8Array>>>>> = {
  formats: async () => {
    const { REAL_SAMPLES, realSample } = await import('../disk-image/real-samples');
    return Object.fromEntries(REAL_SAMPLES.map((name) => [name, () => realSample(name)]));
  },
};

/** There is no folder of samples of this name. */
export class UnknownSamplesError extends Error {
  override readonly name = 'UnknownSamplesError';
}

/**
 * The files of a folder below the home folder that only some pages have, such as `formats`: a disk image of each format.
 * None without a name.
 *
 * @throws {@link UnknownSamplesError} for a name that there is not.
 */
export async function sampleFiles(folder: string | undefined): Promise<Record<string, HomeFile>> {
  if (folder === undefined) return {};
  const load = Object.hasOwn(SAMPLE_FOLDERS, folder) ? SAMPLE_FOLDERS[folder] : undefined;
  if (load === undefined)
    throw new UnknownSamplesError(
      `There are no samples "${folder}". Choose one of: ${Object.keys(SAMPLE_FOLDERS).join(', ')}.`,
    );
  const files = Object.entries(await load());
  return Object.fromEntries(files.map(([name, make]) => [`${HOME}/${folder}/${name}`, make]));
}

/** `clouds.yaml` and an openrc file for each user, by path below the home folder. */
export function loginFiles(authUrl: string, login = LOGIN): Record<string, string> {
  const files: Record<string, string> = { '.config/openstack/clouds.yaml': cloudsYaml(authUrl, login) };
  for (const [user, project] of Object.entries(USERS))
    files[`${user}-openrc`] = openrc(authUrl, user, project, login);
  return files;
}

function cloudsYaml(authUrl: string, { domain, password }: Login): string {
  const clouds = Object.entries(USERS).map(
    ([user, project]) => `  ${user}:
    region_name: RegionOne
    auth:
      auth_url: ${authUrl}
      username: ${user}
      password: ${password}
      project_name: ${project}
      user_domain_name: ${domain}
      project_domain_name: ${domain}
`,
  );
  return `clouds:\n${clouds.join('')}`;
}

function openrc(authUrl: string, user: string, project: string, { domain, password }: Login): string {
  return `export OS_AUTH_URL=${authUrl}
export OS_IDENTITY_API_VERSION=3
export OS_USERNAME=${user}
export OS_PASSWORD=${password}
export OS_USER_DOMAIN_NAME=${domain}
export OS_PROJECT_NAME=${project}
export OS_PROJECT_DOMAIN_NAME=${domain}
export OS_REGION_NAME=RegionOne
`;
}
