import { beforeEach, describe, expect, test } from 'vitest';
import { TestCompute } from './testing/test-compute';

let compute: TestCompute;
beforeEach(async () => {
  compute = await TestCompute.start();
});

const messageOf = (json: object) => Object.values(json as Record<string, { message: string }>)[0]?.message;

describe('Hosts, until 2.42', () => {
  test('are the services that are enabled', async () => {
    const { json } = await compute.ask('admin', 'GET', '/os-hosts?zone=nova', undefined, '2.1');
    const names = (json['hosts'] as { host_name: string }[]).map((host) => host.host_name);
    expect(names).toEqual(['compute-1', 'compute-2', 'compute-arm', 'compute-vmware']);
    expect((await compute.ask('admin', 'GET', '/os-hosts', undefined, '2.43')).status).toBe(404);
    expect((await compute.ask('demo', 'GET', '/os-hosts', undefined, '2.1')).status).toBe(403);
  });

  test('say what they have, what is used, and by whom', async () => {
    await compute.server();
    const { json } = await compute.ask('admin', 'GET', '/os-hosts/compute-1', undefined, '2.1');
    const rows = (json['host'] as { resource: { project: string; memory_mb: number } }[]).map(
      ({ resource }) => resource.memory_mb,
    );
    expect(rows).toEqual([65536, 1024, 512, 512]);
    const missing = await compute.ask('admin', 'GET', '/os-hosts/gone', undefined, '2.1');
    expect(missing.status).toBe(404);
  });
});

describe('An aggregate', () => {
  test('was not updated by its metadata', async () => {
    const made = await compute.ask('admin', 'POST', '/os-aggregates', { aggregate: { name: 'fast' } });
    const { id } = made.json['aggregate'] as { id: number };
    const body = { set_metadata: { metadata: { ssd: 'true' } } };
    const set = await compute.ask('admin', 'POST', `/os-aggregates/${id}/action`, body);
    expect(set.json['aggregate']).toMatchObject({ updated_at: expect.stringContaining('2026') as string });
    const { json } = await compute.ask('admin', 'GET', `/os-aggregates/${id}`);
    expect(json['aggregate']).toMatchObject({ metadata: { ssd: 'true' }, updated_at: null });
  });

  test('has its hosts fetch images, each once', async () => {
    await compute.ask('admin', 'POST', '/os-aggregates', { aggregate: { name: 'fast' } });
    const cache = (...ids: string[]) =>
      compute.ask('admin', 'POST', '/os-aggregates/1/images', { cache: ids.map((id) => ({ id })) });
    expect((await cache(compute.image)).status).toBe(202);
    expect((await cache(compute.image, compute.image)).json).toMatchObject({
      badRequest: { message: 'Duplicate images in request' },
    });
  });
});

describe('Of a server', () => {
  test('administrators see diagnostics', async () => {
    const { id } = await compute.server();
    const path = `/servers/${String(id)}/diagnostics`;
    expect((await compute.ask('demo', 'GET', path)).status).toBe(403);
    expect((await compute.ask('admin', 'GET', path)).json).toMatchObject({ driver: 'libvirt', num_cpus: 1 });
    expect((await compute.ask('admin', 'GET', path, undefined, '2.47')).json).toMatchObject({
      memory: 524288,
    });
  });

  test('no console is to be had', async () => {
    const { id } = await compute.server();
    const remote_console = { protocol: 'vnc', type: 'novnc' };
    const path = `/servers/${String(id)}/remote-consoles`;
    const { status, json } = await compute.ask('demo', 'POST', path, { remote_console });
    expect([status, messageOf(json)]).toEqual([400, 'Unavailable console type novnc.']);
  });

  test('who may not move it hears that first', async () => {
    const { id } = await compute.server();
    const path = `/servers/${String(id)}/action`;
    expect((await compute.ask('demo', 'POST', path, { 'os-migrateLive': null })).status).toBe(403);
    expect((await compute.ask('admin', 'POST', path, { 'os-migrateLive': null })).status).toBe(501);
  });
});
