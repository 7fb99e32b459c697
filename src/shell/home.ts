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
  string | Uint8Array | { content: string | Uint8Array; mode: number } | (() => Uint8Array);

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
