import data from './data/attributes.json';
import { convert } from './converters';
import { badRequest } from './errors';
import type { RequestContext } from './policy';
import { validate } from './validators';

/** What neutron knows of an attribute of a resource. Exported from neutron itself: real-cloud/export-neutron.py. */
export interface AttributeSpec {
  allow_post: boolean;
  allow_put: boolean;
  is_visible?: boolean;
  is_filter?: boolean;
  is_sort_key?: boolean;
  primary_key?: boolean;
  required_by_policy?: boolean;
  enforce_policy?: boolean;
  /** Missing when it must be given. */
  default?: unknown;
  validate?: Readonly<Record<string, unknown>>;
  convert_to?: { function: string };
  convert_list_to?: { function: string };
}

export type ResourceSpec = Readonly<Record<string, AttributeSpec>>;

// the export has exactly these members
export const RESOURCES = data as unknown as Readonly<Record<string, ResourceSpec>>;

/** How the export writes ATTR_NOT_SPECIFIED; in a body such an attribute is left out. */
const NOT_SPECIFIED = '<not specified>';

/** What a request says of a resource, checked and complete. */
export type Body = Record<string, unknown>;

/** Whether a body says something: `validators.is_attr_set`. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * Checks what a request says of one resource, and completes it. Modelled on `prepare_request_body` of
 * neutron/api/v2/base.py and on `AttributeInfo` of neutron_lib/api/attributes.py.
 *
 * @throws {@link NeutronError} 400.
 */
export function prepareBody(
  context: RequestContext,
  given: Body,
  spec: ResourceSpec,
  isCreate: boolean,
): Body {
  const body: Body = { ...given };
  populateProjectId(context, body, spec, isCreate);
  const known = new Set([...Object.keys(spec), 'project_id', 'tenant_id']);
  const hasProject = 'tenant_id' in spec || 'project_id' in spec;
  const unknown = Object.keys(body).filter(
    (name) => !known.has(name) || (!hasProject && (name === 'project_id' || name === 'tenant_id')),
  );
  if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(', ')}'`);
  const specs = Object.entries(spec);
  for (const [name, attribute] of specs) {
    if (isCreate && !attribute.allow_post && Object.hasOwn(body, name))
      throw badRequest(`Attribute '${name}' not allowed in POST`);
    if (isCreate && attribute.allow_post && !Object.hasOwn(body, name)) {
      if (!('default' in attribute))
        throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`);
      if (attribute.default !== NOT_SPECIFIED) body[name] = structuredClone(attribute.default);
    }
    if (!isCreate && !attribute.allow_put && Object.hasOwn(body, name))
      throw badRequest(`Cannot update read-only attribute ${name}`);
  }
  for (const [name, attribute] of specs) {
    if (!Object.hasOwn(body, name)) continue;
    if (attribute.convert_to !== undefined) body[name] = convert(attribute.convert_to.function, body[name]);
    for (const [type, options] of Object.entries(attribute.validate ?? {})) {
      const reason = validate(type, body[name], options);
      if (reason !== undefined) throw badRequest(`Invalid input for ${name}. Reason: ${reason}.`);
    }
  }
  return body;
}

function populateProjectId(context: RequestContext, body: Body, spec: ResourceSpec, isCreate: boolean): void {
  if (Object.hasOwn(body, 'tenant_id') && !Object.hasOwn(body, 'project_id'))
    body['project_id'] = body['tenant_id'];
  else if (Object.hasOwn(body, 'project_id') && !Object.hasOwn(body, 'tenant_id'))
    body['tenant_id'] = body['project_id'];
  if (body['project_id'] !== body['tenant_id']) throw badRequest("'project_id' and 'tenant_id' do not match");
  if (Object.hasOwn(body, 'project_id') && body['project_id'] !== context.projectId && !context.isAdmin)
    throw badRequest(
      "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request requires admin or advsvc privileges",
    );
  const owned = 'tenant_id' in spec || 'project_id' in spec;
  if (!isCreate || !owned || Object.hasOwn(body, 'project_id')) return;
  if (context.projectId === '')
    throw badRequest('Running without keystone AuthN requires that tenant_id is specified');
  body['project_id'] = context.projectId;
  body['tenant_id'] = context.projectId;
}
