import { beforeEach, describe, expect, test } from 'vitest';
import { SimulatedClock } from '../cloud/clock';
import { Cloud } from '../cloud/cloud';
import { startState } from '../cloud/states';
import { connect, type Connection } from './connect';
import { ConflictException, ForbiddenException, HttpException, NotFoundException } from './errors';

let clock: SimulatedClock;
let admin: Connection;
let demo: Connection;

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('empty'), clock });
  const as = (name: string) => {
    const auth = { auth_url: `${cloud.baseUrl}/identity/v3`, username: name, password: 'secret' };
    return connect(
      { auth: { ...auth, project_name: name, user_domain_name: 'Default', project_domain_name: 'Default' } },
      { fetch: (request) => cloud.fetch(request), now: () => clock.now() },
    );
  };
  admin = as('admin');
  demo = as('demo');
});

async function staged(): Promise<string> {
  const { id } = await demo.image.createImage({ disk_format: 'raw', container_format: 'bare' });
  await demo.image.stageImage(id, new Blob(['hello']));
  return id;
}

async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(() => undefined).catch((reason: unknown) => reason);
  if (!(error instanceof HttpException)) throw error;
  return error.message;
}

describe('ImageImports', () => {
  test('imports staged data into several stores, and the task tells how it went', async () => {
    const id = await staged();
    await demo.image.importImage(
      id,
      { name: 'glance-direct' },
      { stores: ['fast', 'local'], all_stores_must_succeed: true },
    );
    clock.advance(2000);
    expect(await demo.image.getImage(id)).toMatchObject({ status: 'active', size: 5, stores: 'fast,local' });
    expect(await demo.image.imageTasks(id)).toMatchObject([
      { type: 'api_image_import', status: 'success', image_id: id },
    ]);

    await admin.image.deleteImageFromStore(id, 'fast');
    expect(await demo.image.getImage(id)).toMatchObject({ stores: 'local' });
    await expect(admin.image.deleteImageFromStore(id, 'local')).rejects.toThrow(ForbiddenException);
  });

  test('refuses what is not ready or not there', async () => {
    const { id } = await demo.image.createImage({ disk_format: 'raw', container_format: 'bare' });
    await expect(demo.image.importImage(id, { name: 'glance-direct' })).rejects.toThrow(ConflictException);
    const method = { name: 'web-download', uri: 'ftp://images.example/tiny.raw' } as const;
    expect(await refusal(demo.image.importImage(id, method))).toMatch('does not pass filtering');
    await expect(demo.image.getImageCache()).rejects.toThrow(ForbiddenException);
    expect(await refusal(admin.image.getImageCache())).toMatch(/^No Cache found for None: /);
    await expect(admin.image.queueImage(id)).rejects.toThrow(NotFoundException);
    await expect(admin.image.clearCache('queue')).rejects.toThrow(NotFoundException);
    expect(await refusal(admin.image.getTask('x'))).toMatch(/^No Task found for x: /);
  });

  test('lists tasks page after page, also when a limit is given', async () => {
    const made: string[] = [];
    for (let i = 0; i < 3; i++) {
      const id = await staged();
      await demo.image.importImage(id, { name: 'glance-direct' });
      clock.advance(2000);
      made.push(id);
    }
    const ids = [];
    for await (const { id } of admin.image.tasks({ limit: 2, sort_key: 'created_at', sort_dir: 'asc' }))
      ids.push(id);
    const tasks = await Promise.all(ids.map((id) => admin.image.getTask(id)));
    expect(tasks.map(({ image_id }) => image_id)).toEqual(made);
  });

  test('tells which stores and quotas there are', async () => {
    expect(await demo.image.stores()).toContainEqual({
      id: 'local',
      description: 'Local disk',
      default: 'true',
    });
    await expect(demo.image.stores({ details: true })).rejects.toThrow(ForbiddenException);
    const [local] = await admin.image.stores({ details: true });
    expect(local).toMatchObject({ id: 'local', type: 'file' });
    expect(await demo.image.usage()).toEqual({});
  });
});
