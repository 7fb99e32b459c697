import { beforeEach, describe, expect, test } from 'vitest';
import { SimulatedClock } from '../cloud/clock';
import { Cloud } from '../cloud/cloud';
import { startState } from '../cloud/states';
import { connect, type Connection } from './connect';
import {
  ConflictException,
  DuplicateResource,
  ForbiddenException,
  InvalidResponse,
  NotFoundException,
  ResourceNotFound,
} from './errors';
import { fromWire, toWire, updatePatch } from './image-wire';

let demo: Connection;
let partner: Connection;

beforeEach(async () => {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('empty'), clock });
  const as = (name: string) =>
    connect(
      {
        auth: {
          auth_url: `${cloud.baseUrl}/identity/v3`,
          username: name,
          password: 'secret',
          project_name: name,
          user_domain_name: 'Default',
          project_domain_name: 'Default',
        },
      },
      { fetch: (request) => cloud.fetch(request), now: () => clock.now() },
    );
  demo = as('demo');
  partner = as('partner');
});

async function names(images: AsyncIterable<{ name: string | null }>): Promise<(string | null)[]> {
  const found = [];
  for await (const { name } of images) found.push(name);
  return found;
}

describe('ImageClient', () => {
  test('creates, uploads and downloads the same bytes', async () => {
    const { id, status } = await demo.image.createImage({
      name: 'a',
      disk_format: 'raw',
      container_format: 'bare',
    });
    expect(status).toBe('queued');
    expect(await demo.image.downloadImage(id)).toMatchObject({ stream: null });

    await demo.image.uploadImage(id, new Blob(['hello']));
    const { stream, size, md5 } = await demo.image.downloadImage(id);
    expect(await new Response(stream).text()).toBe('hello');
    expect({ size, md5 }).toEqual({ size: 5, md5: '5d41402abc4b2a76b9719d911017c592' });
    expect(await demo.image.getImage(id)).toMatchObject({ status: 'active', size: 5 });
    await expect(demo.image.uploadImage(id, new Blob(['again']))).rejects.toThrow(ConflictException);
  });

  test('uploads a stream', async () => {
    const { id } = await demo.image.createImage({ disk_format: 'raw', container_format: 'bare' });
    await demo.image.uploadImage(id, new Blob(['streamed']).stream());
    expect((await demo.image.getImage(id)).size).toBe(8);
  });

  test('keeps custom properties apart from the fields', async () => {
    const image = await demo.image.createImage({
      name: 'a',
      min_ram: 64,
      properties: { os_distro: 'debian', mine: 'yes' },
    });
    expect(image.properties).toEqual({ os_distro: 'debian', mine: 'yes' });
    expect(image).not.toHaveProperty('os_distro');
  });

  test('reads all pages of a list, or one when told to', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await demo.image.createImage({ name });
    expect(await names(demo.image.images({ sort: 'name:asc', limit: 2 }))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await names(demo.image.images({ sort: 'name:asc', limit: 2 }, { paginated: false }))).toEqual([
      'a',
      'b',
    ]);
  });

  test('filters by field, by property and by tag', async () => {
    await demo.image.createImage({ name: 'a', tags: ['x', 'y'], properties: { team: 'blue' } });
    await demo.image.createImage({ name: 'b', tags: ['x'] });
    expect(await names(demo.image.images({ name: 'b' }))).toEqual(['b']);
    expect(await names(demo.image.images({ properties: { team: 'blue' } }))).toEqual(['a']);
    expect(await names(demo.image.images({ tag: ['x', 'y'] }))).toEqual(['a']);
  });

  test('finds by id and by name, hidden images too, and does not guess', async () => {
    const { id } = await demo.image.createImage({ name: 'a' });
    await demo.image.createImage({ name: 'hidden', os_hidden: true });
    expect((await demo.image.findImage(id))?.name).toBe('a');
    expect((await demo.image.findImage('a'))?.id).toBe(id);
    expect((await demo.image.findImage('hidden'))?.os_hidden).toBe(true);
    expect(await demo.image.findImage('nosuch')).toBeUndefined();
    await expect(demo.image.findImage('nosuch', { ignoreMissing: false })).rejects.toThrow(
      new ResourceNotFound('No Image found for nosuch'),
    );
    await demo.image.createImage({ name: 'a' });
    await expect(demo.image.findImage('a')).rejects.toThrow(
      new DuplicateResource("More than one Image exists with the name 'a'."),
    );
  });

  test('changes fields, sets and removes properties', async () => {
    const { id } = await demo.image.createImage({
      name: 'a',
      properties: { old: 'x', kept: 'y', 'odd/~name': 'z' },
    });
    const image = await demo.image.updateImage(id, {
      name: 'b',
      min_disk: 2,
      properties: { old: null, kept: 'k', fresh: 'f', 'odd/~name': null },
    });
    expect(image).toMatchObject({ name: 'b', min_disk: 2, properties: { kept: 'k', fresh: 'f' } });
    expect(image.properties).not.toHaveProperty('old');
    await expect(demo.image.updateImage(id, { properties: { old: null } })).rejects.toThrow(
      ConflictException,
    );
  });

  test('adds and removes tags', async () => {
    const { id } = await demo.image.createImage({ name: 'a' });
    await demo.image.addTag(id, 'x y');
    expect((await demo.image.getImage(id)).tags).toEqual(['x y']);
    await demo.image.removeTag(id, 'x y');
    await expect(demo.image.removeTag(id, 'x y')).rejects.toThrow(NotFoundException);
  });

  test('shares with a project, which answers', async () => {
    const { id } = await demo.image.createImage({ name: 'a' });
    const { projectId = '' } = await partner.identity.access();
    await expect(partner.image.getImage(id)).rejects.toThrow(NotFoundException);
    await demo.image.addMember(id, projectId);
    await partner.image.updateMember(id, projectId, 'accepted');
    expect(await demo.image.members(id)).toMatchObject([{ member_id: projectId, status: 'accepted' }]);
    expect(await names(partner.image.images())).toEqual(['a']);
    await demo.image.removeMember(id, projectId);
    expect(await names(partner.image.images())).toEqual([]);
  });

  test('cannot delete what is protected', async () => {
    const { id } = await demo.image.createImage({ name: 'a', protected: true });
    await expect(demo.image.deleteImage(id)).rejects.toThrow(ForbiddenException);
    await demo.image.updateImage(id, { protected: false });
    await demo.image.deleteImage(id);
    await expect(demo.image.getImage(id)).rejects.toThrow(NotFoundException);
  });

  test('blocks data and lets them go again', async () => {
    const { id } = await demo.image.createImage({ disk_format: 'raw', container_format: 'bare' });
    await demo.image.uploadImage(id, new Blob(['x']));
    await demo.image.deactivateImage(id);
    await expect(demo.image.downloadImage(id)).rejects.toThrow(ForbiddenException);
    await demo.image.reactivateImage(id);
    expect((await demo.image.downloadImage(id)).size).toBe(1);
  });

  test('reads schemas and import methods', async () => {
    expect((await demo.image.schema('image')).properties).toHaveProperty('disk_format');
    expect(await demo.image.importMethods()).toContain('web-download');
  });
});

describe('images on the wire', () => {
  test('toWire undoes fromWire', () => {
    const wire = { id: '1', name: null, tags: [], os_distro: 'x' };
    expect(toWire(fromWire(wire))).toEqual(wire);
  });

  test('fromWire refuses what is no image', () => {
    expect(() => fromWire([])).toThrow(InvalidResponse);
    expect(() => fromWire(null)).toThrow(InvalidResponse);
  });

  test('updatePatch leaves out what is not given', () => {
    expect(updatePatch({ min_ram: 1, properties: { a: 'b', c: null } })).toEqual([
      { op: 'replace', path: '/min_ram', value: 1 },
      { op: 'add', path: '/a', value: 'b' },
      { op: 'remove', path: '/c' },
    ]);
  });
});
