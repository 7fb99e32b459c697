import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tinyQcow2 } from '../../disk-image/samples';
import { explanation, TestCloud } from '../testing/test-cloud';

const IMAGE = { name: 'elsewhere', disk_format: 'qcow2', container_format: 'bare' };
const URL_OF_TINY = 'http://images.example/tiny.qcow2';
const SHA256 = createHash('sha256').update(tinyQcow2()).digest('hex');

async function queued() {
  const test = await TestCloud.start();
  const id = await test.image(IMAGE);
  const add = (body: object) => test.as('demo', 'POST', `/image/v2/images/${id}/locations`, body);
  const later = async () => {
    test.clock.advance(1000);
    return (await test.as('demo', 'GET', `/image/v2/images/${id}`)).json;
  };
  return { test, id, add, later };
}

describe('data on the web', () => {
  it('become an image in the web store', async () => {
    const { test, id, add, later } = await queued();
    expect((await add({ url: URL_OF_TINY })).status).toBe(202);
    expect(await later()).toMatchObject({
      status: 'active',
      stores: 'web',
      size: 294912,
      virtual_size: null,
    });
    const { json } = await test.as('demo', 'GET', `/image/v2/images/${id}/tasks`);
    expect(json['tasks']).toMatchObject([{ type: 'location_import', status: 'success', message: '' }]);
    const remove = await test.as('admin', 'DELETE', `/image/v2/stores/web/${id}`);
    expect(explanation(remove)).toContain('Cannot delete image data from the only store containing it.');
  });

  it('may be added with their hash', async () => {
    const { add, later } = await queued();
    await add({ url: URL_OF_TINY, validation_data: { os_hash_algo: 'sha256', os_hash_value: SHA256 } });
    expect(await later()).toMatchObject({
      status: 'active',
      os_hash_algo: 'sha256',
      os_hash_value: SHA256,
    });
  });

  it('are added by members of the project only, not even by an administrator of another', async () => {
    const { test, id } = await queued();
    const answer = await test.as('admin', 'POST', `/image/v2/images/${id}/locations`, { url: URL_OF_TINY });
    expect(explanation(answer)).toContain('You are not authorized to complete add_image_location action.');
  });

  it('need both parts of a hash', async () => {
    const { add } = await queued();
    const answer = await add({ url: URL_OF_TINY, validation_data: { os_hash_algo: 'sha256' } });
    expect(answer.status).toBe(400);
    expect(explanation(answer)).toContain('is a dependency of');
  });

  it('with another hash leave the image queued', async () => {
    const { add, later } = await queued();
    const os_hash_value = SHA256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    await add({ url: URL_OF_TINY, validation_data: { os_hash_algo: 'sha256', os_hash_value } });
    expect(await later()).toMatchObject({ status: 'queued', stores: 'web', size: null, checksum: null });
  });

  it('that are not there leave the image as it was', async () => {
    const { add, later } = await queued();
    await add({ url: 'http://images.example/nosuch' });
    const image = await later();
    expect(image).toMatchObject({ status: 'queued' });
    expect(image).not.toHaveProperty('stores');
  });

  it('are added one at a time, and only from the web', async () => {
    const { add } = await queued();
    expect(explanation(await add({ url: 'file:///etc/passwd' }))).toContain('http store must be enabled');
    const short = { os_hash_algo: 'sha512', os_hash_value: '00' };
    expect(explanation(await add({ url: URL_OF_TINY, validation_data: short }))).toContain(
      'os_hash_value: (00) is not the correct size for (sha512) (should be (64) bytes)',
    );
    await add({ url: URL_OF_TINY });
    expect(explanation(await add({ url: URL_OF_TINY }))).toContain('Image has active task');
  });
});

describe('the web store', () => {
  it('is listed as read-only', async () => {
    const { test } = await queued();
    const { json } = await test.as('demo', 'GET', '/image/v2/info/stores');
    expect(json['stores']).toMatchObject([
      { id: 'local', default: 'true' },
      { id: 'fast' },
      { id: 'web', 'read-only': 'true' },
    ]);
  });

  it('takes no data', async () => {
    const { test, id, later } = await queued();
    const headers = {
      'X-Auth-Token': await test.login('demo'),
      'Content-Type': 'application/octet-stream',
      'x-image-meta-store': 'web',
    };
    const answer = await test.send('PUT', `/image/v2/images/${id}/file`, { headers, body: 'data' });
    expect(answer.status).toBe(410);
    expect(explanation(answer)).toContain('Adding images to store is disabled.');
    expect(await later()).toMatchObject({ status: 'queued' });
  });

  it('is left out of an import to all stores', async () => {
    const { test, id, later } = await queued();
    await test.as('demo', 'POST', `/image/v2/images/${id}/import`, {
      method: { name: 'web-download', uri: URL_OF_TINY },
      all_stores: true,
    });
    expect(await later()).toMatchObject({ status: 'active', stores: 'local,fast' });
  });

  it('makes a copy to it fail', async () => {
    const { test, id, later } = await queued();
    await test.upload(id, tinyQcow2());
    await test.as('admin', 'POST', `/image/v2/images/${id}/import`, {
      method: { name: 'copy-image' },
      stores: ['web'],
    });
    expect(await later()).toMatchObject({ stores: 'local', os_glance_failed_import: 'web' });
  });
});
