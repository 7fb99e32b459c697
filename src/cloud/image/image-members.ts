import { repr } from '../../python/repr';
import { HTTPError } from '../http/webob';
import { json, type ImageApi } from './app';
import { allows, enforce, forbidden, type PolicyName, type RequestContext } from './policy';
import type { SeenImage } from './repository';
import { readJson, rejectBody } from './request';
import { MEMBER_STATUSES, type ImageMember } from './state';
import { memberView } from './view';
import { rejectWideText } from './wide-text';

/** Glance's default `image_member_quota`. */
const MEMBER_QUOTA = 128;

/** The projects an image is shared with. Modelled on `glance/api/v2/image_members.py`. */
export function mountImageMembers(api: ImageApi): void {
  const { repository } = api;

  api.route('/v2/images/:id/members', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { id = '' } = c.req.param();
      const seen = lookup(context, id);
      if (seen.image.visibility !== 'shared') {
        throw new HTTPError(
          403,
          `Not allowed to list members for image ${id}: Only shared images have members.`,
        );
      }
      check('get_members', context, seen);
      // a member sees herself only
      const mine = (member: ImageMember) =>
        context.isAdmin || seen.image.owner === context.projectId || member.member_id === context.projectId;
      return json({
        members: repository.members(id).filter(mine).sort(byMember).map(memberView),
        schema: '/v2/schemas/members',
      });
    },
    POST: async (c, context) => {
      const { id = '' } = c.req.param();
      const memberId = wantedMember(await readJson(c.req.raw));
      const seen = lookup(context, id);
      if (seen.image.visibility !== 'shared')
        throw new HTTPError(403, `Not allowed to create members for image ${id}.`);
      check('add_member', context, seen);
      const attempted = repository.members(id).length + 1;
      if (attempted > MEMBER_QUOTA) {
        throw new HTTPError(
          413,
          `Image member limit exceeded for image ${id}: The limit has been exceeded on the number of allowed image members ` +
            `for this image. Attempted: ${attempted}, Maximum: ${MEMBER_QUOTA}:`,
        );
      }
      if (repository.member(id, memberId) !== undefined)
        throw new HTTPError(409, `Member ${memberId} is duplicated for image ${id}`);
      rejectWideText({ member: memberId });
      const now = repository.now();
      const member: ImageMember = {
        image_id: id,
        member_id: memberId,
        status: 'pending',
        created_at: now,
        updated_at: now,
      };
      repository.addMember(member);
      return json(memberView(member));
    },
  });

  api.route('/v2/images/:id/members/:member', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { id = '', member = '' } = c.req.param();
      const seen = lookup(context, id);
      if (seen.image.visibility !== 'shared') throw new HTTPError(404, 'Only shared images have members.');
      if (!allows('get_member', context, seen.target))
        throw new HTTPError(404, forbidden('get_member').explanation);
      return json(memberView(lookupMember(context, seen, member)));
    },
    PUT: async (c, context) => {
      const { id = '', member: memberId = '' } = c.req.param();
      const status = wantedStatus(await readJson(c.req.raw));
      const seen = lookup(context, id);
      if (seen.image.visibility !== 'shared')
        throw new HTTPError(403, `Not allowed to update members for image ${id}.`);
      check('get_member', context, seen);
      const member = lookupMember(context, seen, memberId);
      check('modify_member', context, seen);
      const legal = MEMBER_STATUSES.find((candidate) => candidate === status);
      if (legal === undefined)
        throw new HTTPError(400, 'Incorrect request: Status must be "pending", "accepted" or "rejected".');
      member.status = legal;
      member.updated_at = repository.now();
      return json(memberView(member));
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { id = '', member: memberId = '' } = c.req.param();
      const seen = lookup(context, id);
      if (seen.image.visibility !== 'shared')
        throw new HTTPError(403, `Not allowed to delete members for image ${id}.`);
      check('get_member', context, seen);
      const gone = lookupMember(context, seen, memberId);
      check('delete_member', context, seen);
      repository.removeMember(gone);
      return new Response(null, { status: 204 });
    },
  });

  function lookup(context: RequestContext, id: string): SeenImage {
    return repository.get(context, id, `Image ${id} not found.`);
  }

  function check(rule: PolicyName, context: RequestContext, { target }: SeenImage): void {
    enforce('get_image', context, target);
    if (!allows(rule, context, target)) throw forbidden(rule);
  }

  function lookupMember(context: RequestContext, { image }: SeenImage, memberId: string): ImageMember {
    const visible = context.isAdmin || image.owner === context.projectId || memberId === context.projectId;
    const member = visible ? repository.member(image.id, memberId) : undefined;
    if (member === undefined)
      throw new HTTPError(404, `${memberId} not found in the member list of the image ${image.id}.`);
    return member;
  }
}

function byMember(a: ImageMember, b: ImageMember): number {
  return a.member_id < b.member_id ? -1 : 1;
}

function wantedMember(body: unknown): string {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new HTTPError(400, 'Expected a member in the form: {"member": "image_id"}');
  }
  const member = new Map<string, unknown>(Object.entries(body)).get('member');
  if (!Object.hasOwn(body, 'member')) throw new HTTPError(400, 'Member to be added not specified');
  if (!member) throw new HTTPError(400, "Member can't be empty");
  return typeof member === 'string' ? member : repr(member);
}

function wantedStatus(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new HTTPError(400, 'Expected a status in the form: {"status": "status"}');
  }
  if (!Object.hasOwn(body, 'status')) throw new HTTPError(400, 'Status not specified');
  return new Map<string, unknown>(Object.entries(body)).get('status');
}
