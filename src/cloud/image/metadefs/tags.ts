import { HTTPError } from '../../http/webob';
import { json, noContent } from '../app';
import { rejectBody } from '../request';
import { validate } from '../validate';
import { isWide, rejectWideText } from '../wide-text';
import { conflict, enforceAdmin, enforceReader, notFound } from './repository';
import { parsePage, readValid, sorted } from './request';
import type { MetadefApi } from './routes';
import { TAG_LIST_SCHEMA, TAG_SCHEMA } from './schemas';
import type { MetadefTag, Namespace } from './state';
import { tagView } from './views';

/** Modelled on `glance/api/v2/metadef_tags.py`. */
export function mountTags({ route, repository }: MetadefApi): void {
  route('/v2/metadefs/namespaces/:namespace/tags', {
    GET: async (c, context) => {
      const page = parsePage(new URL(c.req.url).searchParams, ['public', 'private', 'shared']);
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceReader(context, 'get_metadef_tags');
      const tags = sorted(namespace.tags, page);
      const start = page.marker ? tags.indexOf(lookup(namespace, page.marker)) + 1 : 0;
      const found = tags.slice(start, page.limit === undefined ? undefined : start + page.limit);
      return json({ tags: found.map(({ name }) => ({ name })) });
    },
    POST: async (c, context) => {
      const body = await readValid(c.req.raw, TAG_LIST_SCHEMA);
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceAdmin(context, 'add_metadef_tags');
      if (!('tags' in body)) throw new HTTPError(500);
      const names = ((body['tags'] ?? []) as MetadefTag[]).map(({ name }) => name); // the schema has seen to the types
      const append = /^\s*(1|t|true|on|y|yes)\s*$/i.test(c.req.header('X-Openstack-Append') ?? '');
      const kept = append ? namespace.tags : [];
      for (const [i, name] of names.entries()) {
        if (names.slice(0, i).some((other) => same(other, name)) || kept.some((tag) => same(tag.name, name)))
          throw duplicate(namespace, name);
      }
      // Glance stumbles over them
      if (names.some(isWide)) throw new HTTPError(500);
      const now = repository.now();
      await repository.changing();
      const made = names.map((name) => ({ name, created_at: now, updated_at: now }));
      namespace.tags = [...made.reverse(), ...kept];
      return json({ tags: names.map((name) => ({ name })) }, { status: 201 });
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const namespace = await repository.deletable(context, c.req.param('namespace') ?? '');
      await repository.changing();
      namespace.tags = [];
      return noContent();
    },
  });

  route('/v2/metadefs/namespaces/:namespace/tags/:tag', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', tag = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      enforceReader(context, 'get_metadef_tag');
      return json(tagView(lookup(namespace, tag)));
    },
    POST: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', tag = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      validate({ name: tag }, TAG_SCHEMA);
      enforceAdmin(context, 'add_metadef_tag');
      if (namespace.tags.some((other) => same(other.name, tag))) throw duplicate(namespace, tag);
      const now = repository.now();
      const made = { name: tag, created_at: now, updated_at: now };
      await repository.changing();
      namespace.tags.unshift(made);
      return json(tagView(made), { status: 201 });
    },
    PUT: async (c, context) => {
      const body = await readValid(c.req.raw, TAG_SCHEMA);
      const { namespace: name = '', tag: old = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      enforceAdmin(context, 'modify_metadef_tag');
      const tag = lookup(namespace, old);
      const wanted = String(body['name']);
      rejectWideText(body, "Couldn't update metadata tag: ");
      if (namespace.tags.some((other) => other !== tag && same(other.name, wanted))) {
        throw duplicate(namespace, wanted);
      }
      await repository.changing();
      tag.name = wanted;
      tag.updated_at = repository.now();
      return json(tagView(tag));
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', tag = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      enforceAdmin(context, 'delete_metadef_tag');
      const gone = lookup(namespace, tag);
      if (namespace.protected)
        throw new HTTPError(403, `Metadata definition tag ${tag} is protected and cannot be deleted.`);
      await repository.changing();
      namespace.tags = namespace.tags.filter((other) => other !== gone);
      return noContent();
    },
  });
}

/** Tags are the same whatever case they are written in. */
function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function lookup({ tags }: Namespace, name: string): MetadefTag {
  const tag = tags.find((candidate) => same(candidate.name, name));
  if (tag === undefined) throw notFound(`Could not find metadata tag ${name}`);
  return tag;
}

function duplicate({ namespace }: Namespace, name: string): HTTPError {
  return conflict(
    `A metadata tag with name=${name} already exists in namespace=${namespace}. ` +
      '(Please note that metadata tag names are case insensitive).',
  );
}
