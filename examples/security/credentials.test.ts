import { beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../src/client';
import { embeddedCloud, type CloudAccess } from '../connection';
import { rotateApplicationCredential, type Credential } from './rotate-application-credential';
import { fetchSecret, letRead, replaceSecret, storeSecret } from './store-and-fetch-a-secret';

const END = new Date('2027-02-20T00:00:00Z');
let access: CloudAccess;
let cloud: Connection;

beforeEach(async () => {
  access = await embeddedCloud('course');
  cloud = access.connection;
});

function logIn({ id, secret }: Credential): Connection {
  return access.connectWith({
    auth_type: 'v3applicationcredential',
    auth: {
      auth_url: cloud.session.auth.authUrl,
      application_credential_id: id,
      application_credential_secret: secret,
    },
  });
}

async function names(): Promise<string[]> {
  return (await cloud.identity.applicationCredentials()).map(({ name }) => name).sort();
}

test('security/rotate-application-credential gives the program one that may do the same, then deletes the old one', async () => {
  const old = await cloud.identity.createApplicationCredential({
    name: 'report',
    description: 'the wall',
    roles: [{ name: 'reader' }],
    access_rules: [{ service: 'image', method: 'GET', path: '/v2/images' }],
  });
  let given: Credential | undefined;
  const handOver = async (credential: Credential) => {
    given = credential;
    await logIn(old).identity.access(); // the old one works as long as the program may need it
  };
  const created = await rotateApplicationCredential(cloud, 'report', handOver, END);
  expect(created).toMatchObject({
    name: 'report-1',
    description: 'the wall',
    unrestricted: false,
    roles: [{ name: 'reader' }],
    access_rules: old.access_rules,
    expires_at: '2027-02-20T00:00:00.000000',
  });
  expect(created).not.toHaveProperty('secret');
  expect((await logIn(given!).identity.access()).roleNames).toEqual(['reader']);
  await expect(logIn(old).identity.access()).rejects.toThrow('404');
  expect(await names()).toEqual(['report-1']);
});

test('security/rotate-application-credential keeps the old one if the program cannot log in with the new one', async () => {
  await cloud.identity.createApplicationCredential({ name: 'report' });
  const handOver = () => Promise.reject(new Error('disk full'));
  await expect(rotateApplicationCredential(cloud, 'report', handOver, END)).rejects.toThrow('disk full');
  expect(await names()).toEqual(['report']);
});

test('security/rotate-application-credential tidies up after a run that was cut off, and leaves other programs alone', async () => {
  for (const name of ['report', 'report-9', 'report-10', 'report-new', 'reporter'])
    await cloud.identity.createApplicationCredential({ name });
  await rotateApplicationCredential(cloud, 'report', () => Promise.resolve(), END);
  expect(await names()).toEqual(['report-11', 'report-new', 'reporter']);
  await expect(rotateApplicationCredential(cloud, 'nosuch', () => Promise.resolve(), END)).rejects.toThrow(
    'There is no application credential nosuch to replace.',
  );
});

test('security/store-and-fetch-a-secret: the project reads it, another user once she is let in', async () => {
  const href = await storeSecret(cloud, 'db', 'pässword');
  expect(await fetchSecret(await access.connectAs('demo'), href)).toBe('pässword');
  const partner = await access.connectAs('partner');
  await expect(fetchSecret(partner, href)).rejects.toThrow('403');
  await letRead(cloud, href, (await partner.identity.access()).userId);
  await letRead(cloud, href, (await (await access.connectAs('admin')).identity.access()).userId);
  expect(await fetchSecret(partner, href)).toBe('pässword');
  expect(await fetchSecret(cloud, href)).toBe('pässword');
});

test('security/store-and-fetch-a-secret: the old secret goes after the configuration points to the new one', async () => {
  const old = await storeSecret(cloud, 'db', 'old');
  const next = await replaceSecret(cloud, old, 'new', async (href) => {
    expect([await fetchSecret(cloud, old), await fetchSecret(cloud, href)]).toEqual(['old', 'new']);
  });
  expect(await fetchSecret(cloud, next)).toBe('new');
  await expect(fetchSecret(cloud, old)).rejects.toThrow('404');
  expect((await cloud.keyManager.secrets()).map(({ name }) => name)).toEqual(['db']);
});
