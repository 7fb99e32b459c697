import { repr } from '../../python/repr';
import { empty, isObject, json, member, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, forbidden, notFound } from './errors';
import { isValidSpec, REQUIRED, specTexts } from './extra-specs';
import { authorize } from './policy';
import type { ShareTypeRecord } from './state';

/** What a share type asks of a back end: manila/api/v1/share_types_extra_specs.py. */
export function mountExtraSpecs(api: ShareApi): void {
  const { repository } = api;
  const typeOf = (call: Call): ShareTypeRecord => {
    const id = param(call, 'id');
    const type = repository.findType(call.context, id);
    if (type === undefined) throw notFound(`Share type ${id} could not be found.`);
    return type;
  };
  const check = (specs: Json): Record<string, string> => {
    for (const [key, value] of Object.entries(specs)) {
      const length = key.length;
      const text =
        typeof value === 'string' ? value.length > 0 && value.length < 256 : typeof value === 'boolean';
      if (length === 0 || length > 255 || !text || !isValidSpec(key, value)) {
        const shown = typeof value === 'string' ? value : repr(value);
        throw badRequest(`Invalid extra_spec: ${key}: ${shown}`);
      }
    }
    return specTexts(specs);
  };

  api.route('/types/:id/extra_specs', {
    GET: (call) => {
      authorize(call.context, 'share_types_extra_spec:index');
      return json({ extra_specs: typeOf(call).extra_specs });
    },
    POST: (call) => {
      authorize(call.context, 'share_types_extra_spec:create');
      const specs = member(call.body, 'extra_specs');
      if (specs === undefined) throw badRequest();
      const type = typeOf(call);
      const texts = check(specs);
      if (!Object.keys(specs).every((key) => /^[\w.\-:]+$/u.test(key))) {
        throw badRequest(
          'Key names can only contain alphanumeric characters, underscores, periods, colons and hyphens.',
        );
      }
      type.extra_specs = { ...type.extra_specs, ...texts };
      const zones = texts['availability_zones'];
      return json({ extra_specs: { ...specs, ...(zones !== undefined && { availability_zones: zones }) } });
    },
  });
  api.route('/types/:id/extra_specs/:key', {
    GET: (call) => {
      authorize(call.context, 'share_types_extra_spec:show');
      const [type, key] = [typeOf(call), param(call, 'key')];
      if (!Object.hasOwn(type.extra_specs, key)) throw notFound();
      return json({ [key]: type.extra_specs[key] });
    },
    PUT: (call) => {
      const { body } = call;
      authorize(call.context, 'share_types_extra_spec:update');
      if (!isObject(body) || Object.keys(body).length === 0) throw badRequest('Request body empty');
      const [type, key] = [typeOf(call), param(call, 'key')];
      if (!Object.hasOwn(body, key)) throw badRequest('Request body and URI mismatch');
      if (Object.keys(body).length > 1) throw badRequest('Request body contains too many items');
      const texts = check(body);
      type.extra_specs = { ...type.extra_specs, ...texts };
      return json(texts);
    },
    DELETE: (call) => {
      authorize(call.context, 'share_types_extra_spec:delete');
      const [type, key] = [typeOf(call), param(call, 'key')];
      const stays =
        REQUIRED.some((one) => one === key) || (call.context.version < 24 && key === 'snapshot_support');
      if (stays) throw forbidden(`Extra spec '${key}' can't be deleted.`);
      if (!Object.hasOwn(type.extra_specs, key))
        throw notFound(`Share Type ${type.id} has no extra specs with key ${key}.`);
      const { [key]: _gone, ...rest } = type.extra_specs;
      type.extra_specs = rest;
      return empty(202);
    },
  });
}
