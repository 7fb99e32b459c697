import { describe, expect, it } from 'vitest';
import { tinyQcow2 } from '../../disk-image/samples';
import { Cloud } from '../cloud';
import { explanation, TestCloud } from '../testing/test-cloud';

const QCOW2 = { name: 'tiny', disk_format: 'qcow2', container_format: 'bare' };

async function stage(test: TestCloud, id: string, body: BodyInit) {
  const headers = { 'X-Auth-Token': await test.login('demo'), 'Content-Type': 'application/octet-stream' };
  return test.send('PUT', `/image/v2/images/${id}/stage`, { headers, body });
}

function importImage(test: TestCloud, id: string, body: object, user: 'admin' | 'demo' = 'demo') {
  return test.as(user, 'POST', `/image/v2/images/${id}/import`, body);
}

async function show(test: TestCloud, id: string) {
  return (await test.as('demo', 'GET', `/image/v2/images/${id}`)).json;
}

const DIRECT = { method: { name: 'glance-direct' } };
const web = (uri: string) => ({ method: { name: 'web-download', uri } });

describe('an import', () => {
  it('takes staged data in, a second after it was asked to', async () => {
    const test = await TestCloud.start();
    const id = await test.image(QCOW2);
    expect((await stage(test, id, tinyQcow2())).status).toBe(204);
    expect(await show(test, id)).toMatchObject({ status: 'uploading', size: 294912 });
    expect((await importImage(test, id, DIRECT)).status).toBe(202);
    const running = await show(test, id);
    expect(running.status).toBe('uploading');
    expect(running).toHaveProperty('os_glance_import_task');
    test.clock.advance(1000);
    const done = await show(test, id);
    expect(done).toMatchObject({ status: 'active', stores: 'local', virtual_size: 67108864 });
    expect(done).not.toHaveProperty('os_glance_import_task');
    const { json } = await test.as('demo', 'GET', `/image/v2/images/${id}/tasks`);
    expect(json['tasks']).toMatchObject([{ status: 'success', result: { image_id: id } }]);
  });

  it('downloads from the web server of the sandbox', async () => {
    const test = await TestCloud.start();
    const id = await test.image(QCOW2);
    await importImage(test, id, { ...web('http://images.example/tiny.qcow2'), all_stores: true });
    test.clock.advance(1000);
    expect(await show(test, id)).toMatchObject({ status: 'active', stores: 'local,fast' });
  });

  it('that finds nothing on the web leaves the image queued and says where it failed', async () => {
    const test = await TestCloud.start();
    const id = await test.image(QCOW2);
    await importImage(test, id, web('http://images.example/nosuch'));
    test.clock.advance(1000);
    expect(await show(test, id)).toMatchObject({ status: 'queued', os_glance_failed_import: 'local' });
  });

  it('refuses addresses beyond ports 80 and 443', async () => {
    const test = await TestCloud.start();
    const id = await test.image(QCOW2);
    const answer = await importImage(test, id, web('http://images.example:22/tiny.qcow2'));
    expect(answer.status).toBe(400);
    expect(explanation(answer)).toContain('does not pass filtering');
  });

  it('of data that are not what they are declared to be never ends well', async () => {
    const test = await TestCloud.start();
    const id = await test.image(QCOW2);
    await stage(test, id, 'not a disk');
    await importImage(test, id, DIRECT);
    test.clock.advance(1000);
    expect(await show(test, id)).toMatchObject({ status: 'importing', os_glance_failed_import: 'local' });
  });

  it('goes on in a cloud that was stored and restored', async () => {
    const test = await TestCloud.start();
    const id = await test.image(QCOW2);
    await stage(test, id, tinyQcow2());
    await importImage(test, id, DIRECT);
    const state = await test.cloud.snapshot();
    test.clock.advance(1000);
    const restored = new Cloud({ state, clock: test.clock });
    const headers = { 'X-Auth-Token': await test.login('demo') };
    const url = `${restored.baseUrl}/image/v2/images/${id}`;
    const answer = await restored.fetch(new Request(url, { headers }));
    expect(await answer.json()).toMatchObject({ status: 'active' });
  });
});

it.each([
  'http://nosuch.example/tiny.qcow2',
  'http://0x7f000001/tiny.qcow2',
  'http://2130706433/tiny.qcow2',
  'http://127.1/tiny.qcow2',
])('a host that nobody knows is refused: %s', async (uri) => {
  const test = await TestCloud.start();
  const id = await test.image(QCOW2);
  const answer = await importImage(test, id, web(uri));
  expect(explanation(answer)).toContain(`URI for web-download does not pass filtering: ${uri}`);
});

describe('copying an image to a second store', () => {
  it('is for administrators, and so is taking it out of a store', async () => {
    const test = await TestCloud.start();
    const id = await test.image({ ...QCOW2, disk_format: 'raw' });
    await test.upload(id, 'data');
    const copy = { method: { name: 'copy-image' }, stores: ['fast'] };
    expect((await importImage(test, id, copy)).status).toBe(403);
    expect((await importImage(test, id, copy, 'admin')).status).toBe(202);
    test.clock.advance(1000);
    expect(await show(test, id)).toMatchObject({ stores: 'local,fast' });
    const remove = (store: string) => test.as('admin', 'DELETE', `/image/v2/stores/${store}/${id}`);
    expect((await test.as('demo', 'DELETE', `/image/v2/stores/local/${id}`)).status).toBe(403);
    expect((await remove('local')).status).toBe(204);
    expect(await show(test, id)).toMatchObject({ stores: 'fast' });
    expect((await remove('fast')).status).toBe(403);
  });
});
