import { beforeEach, describe, expect, test } from 'vitest';
import { SimulatedClock } from '../../cloud/clock';
import { Cloud } from '../../cloud/cloud';
import { startState } from '../../cloud/states';
import type { ProjectScope } from '../auth';
import { connect, type CloudConfig, type Connection } from '../connect';
import { NotFoundException } from '../errors';

let connectWith: (config: CloudConfig) => Connection;
let as: (user: string) => Connection;
const auth_url = 'https://openstack.example/identity/v3';

beforeEach(async () => {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('empty'), clock });
  connectWith = (config) =>
    connect(config, { fetch: (request) => cloud.fetch(request), now: () => clock.now() });
  as = (user) =>
    connectWith({
      auth: {
        auth_url,
        username: user,
        password: 'secret',
        project_name: user,
        user_domain_name: 'Default',
        project_domain_name: 'Default',
      },
    });
});

describe('IdentityClient', () => {
  test('says who you are and what you may', async () => {
    const access = await as('demo').identity.access();
    expect(access.token.user.name).toBe('demo');
    expect(access.token.project?.name).toBe('demo');
    expect(access.roleNames).toContain('member');
    expect((await as('demo').identity.catalog()).map(({ type }) => type).toSorted()).toEqual([
      'block-storage',
      'compute',
      'container-infra',
      'identity',
      'image',
      'key-manager',
      'network',
      'object-store',
      'placement',
      'shared-file-system',
    ]);
  });

  test('finds projects and users by id and by name', async () => {
    const { identity } = as('admin');
    const demo = await identity.findProject('demo');
    expect(await identity.findProject(demo?.id ?? '')).toEqual(demo);
    expect((await identity.findUser('partner'))?.name).toBe('partner');
    expect(await identity.findProject('nosuch')).toBeUndefined();
    expect((await as('demo').identity.authProjects()).map(({ name }) => name)).toEqual(['demo']);
  });

  test('checks and revokes tokens', async () => {
    const admin = as('admin');
    const { authToken } = await as('demo').identity.access();
    expect((await admin.identity.validateToken(authToken)).user.name).toBe('demo');
    await admin.identity.revokeToken(authToken);
    await expect(admin.identity.validateToken(authToken)).rejects.toThrow(NotFoundException);
  });

  test('makes application credentials that log in, until they are deleted', async () => {
    const { identity } = as('demo');
    const { id, secret } = await identity.createApplicationCredential({ name: 'robot' });
    expect((await identity.applicationCredentials()).map(({ name }) => name)).toEqual(['robot']);
    const robot = (scope: ProjectScope = {}) =>
      connectWith({
        auth_type: 'v3applicationcredential',
        auth: { ...scope, auth_url, application_credential_id: id, application_credential_secret: secret },
      });
    expect((await robot().identity.access()).token.project?.name).toBe('demo');
    for (const scope of [
      { project_name: 'demo', project_domain_id: 'default' },
      { system_scope: 'all' },
      { trust_id: 'x' },
    ])
      await expect(robot(scope).identity.access()).rejects.toThrow(
        'Application credentials cannot request a scope',
      );
    await identity.deleteApplicationCredential(id);
    await expect(robot().identity.access()).rejects.toThrow();
  });

  test('exchanges a token for another', async () => {
    const { authToken, projectId } = await as('demo').identity.access();
    const again = connectWith({
      auth_type: 'token',
      auth: { auth_url, token: authToken, project_id: projectId },
    });
    expect((await again.identity.access()).token.user.name).toBe('demo');
  });
});
