import { expect, test } from 'vitest';
import { checkAuth, getOne, type CloudRegion } from './cloud-config';
import { searchPath } from './clouds-yaml';
import { MemoryFiles } from './testing/terminal';

const yaml = `
clouds:
  demo:
    auth: {auth_url: 'https://a/v3', username: demo, project_name: demo, domain_name: Default}
    region_name: RegionOne
  two:
    auth: {auth_url: 'https://a/v3'}
    regions: [North, South]
`;

function read(
  cloud: string,
  options: Record<string, string> = {},
  files: Record<string, string> = { 'clouds.yaml': yaml },
): Promise<CloudRegion> {
  return getOne({ env: { HOME: '/home/learner' }, files: new MemoryFiles(files), options, cloud });
}

test('the entry of clouds.yaml says whom to log in as; one domain stands for both', async () => {
  const { auth, regionName } = await read('demo');
  expect(auth).toEqual({
    auth_url: 'https://a/v3',
    username: 'demo',
    project_name: 'demo',
    user_domain_name: 'Default',
    project_domain_name: 'Default',
  });
  expect(regionName).toBe('RegionOne');
});

test('flags and variables win over the file', async () => {
  expect((await read('demo', { username: 'partner', project_name: 'p' })).auth).toMatchObject({
    username: 'partner',
    project_name: 'p',
  });
});

test('passwords may stand in secure.yaml beside it', async () => {
  const files = {
    'clouds.yaml': yaml,
    '/home/learner/.config/openstack/secure.yaml': 'clouds: {demo: {auth: {password: s}}}',
  };
  expect((await read('demo', {}, files)).auth.password).toBe('s');
});

test('the working folder comes before home, home before /etc', () => {
  expect(searchPath('clouds', { HOME: '/h' }).filter((path) => path.endsWith('.yaml'))).toEqual([
    './clouds.yaml',
    '/h/.config/openstack/clouds.yaml',
    '/etc/xdg/openstack/clouds.yaml',
    '/etc/openstack/clouds.yaml',
  ]);
  expect(searchPath('clouds', { HOME: '/h', OS_CLIENT_CONFIG_FILE: '/x' })[0]).toBe('/x');
});

test('a cloud or region that is not in the file is named', async () => {
  await expect(read('nope')).rejects.toThrow('Cloud nope was not found.');
  await expect(read('two', { region_name: 'East' })).rejects.toThrow(
    'Region East is not a valid region name for cloud two. Valid choices are North,South. Please note that region names are case sensitive.',
  );
  expect((await read('two')).regionName).toBe('North');
});

test('a file that is no mapping is named', async () => {
  await expect(read('demo', {}, { 'clouds.yaml': 'just text' })).rejects.toThrow(
    'Configuration file ./clouds.yaml is empty or not a valid mapping',
  );
});

test('the default domain is filled in for Identity 3 only', async () => {
  const options = { auth_url: 'https://a', username: 'u', password: 'p', project_name: 'x' };
  expect((await read('', options)).auth.user_domain_id).toBeUndefined();
  expect((await read('', { ...options, identity_api_version: '3' })).auth).toMatchObject({
    user_domain_id: 'default',
    project_domain_id: 'default',
  });
});

test('what is missing is said in the order in which the client finds it', async () => {
  const check = async (options: Record<string, string>): Promise<void> => checkAuth(await read('', options));
  await expect(check({})).rejects.toThrow('Missing value auth-url required for auth plugin password');
  await expect(check({ auth_url: 'x' })).rejects.toThrow(
    'No password entered, or found via --os-password or OS_PASSWORD',
  );
  await expect(check({ auth_url: 'x', password: 'y' })).rejects.toThrow(
    /^Missing parameter\(s\): \nSet a username with --os-username/,
  );
  const credential = {
    auth_type: 'v3applicationcredential',
    application_credential_id: 'i',
    application_credential_secret: 's',
  };
  await expect(check({ ...credential, auth_url: 'x', project_name: 'demo' })).rejects.toThrow(
    'so you must also provide either a project_domain_id or project_domain_name.',
  );
  await expect(check({ auth_url: 'x', auth_type: 'v3totp' })).rejects.toThrow(/not in this sandbox/);
});

test('a file that cannot be read is refused as Python refuses it, with its whole path', async () => {
  const at = (text: string) =>
    getOne({
      env: { HOME: '/home/learner', PWD: '/tmp' },
      files: new MemoryFiles({ '/tmp/clouds.yaml': text }),
      options: {},
      cloud: 'demo',
    });
  await expect(at('clouds:\n\tdemo:\n')).rejects.toThrow(
    `while scanning for the next token\nfound character '\\t' that cannot start any token\n  in "/tmp/clouds.yaml", line 2, column 1`,
  );
  await expect(at('words')).rejects.toThrow(
    'Configuration file /tmp/clouds.yaml is empty or not a valid mapping',
  );
  await expect(at('clouds:\n- demo\n')).rejects.toThrow("'list' object has no attribute 'get'");
  await expect(at('clouds:\n  demo:\n')).rejects.toThrow("'NoneType' object has no attribute 'get'");
  await expect(at('clouds:\n')).rejects.toThrow("argument of type 'NoneType' is not iterable");
});

test('a file without clouds is warned of, and the cloud is not found', async () => {
  const warnings: string[] = [];
  const files = new MemoryFiles({ 'clouds.yaml': 'cloud: {}\n' });
  await expect(
    getOne({ env: {}, files, options: {}, cloud: 'demo', warn: (text) => warnings.push(text) }),
  ).rejects.toThrow('Cloud demo was not found.');
  expect(warnings).toEqual(["Configuration file ./clouds.yaml does not contain a 'clouds' key"]);
});
