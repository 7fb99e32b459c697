import type { Clock } from '../clock';
import { empty, json } from '../http/answers';
import type { IdSource } from '../ids';
import { ATTRIBUTES, convert, isUuidLike, pythonText, type AttributeValue } from './attributes';
import { checkClusterType, checkStorageSize, checkVolumeDriver, networkDriver } from './drivers';
import { badRequest, invalidInput, MagnumError, templateNotFound } from './errors';
import { nextUrl, readPage } from './list';
import { applyPatch, readPatch } from './patch';
import { allows, enforce, type RequestContext } from './policy';
import type { Image, Resources } from './resources';
import type { ClusterTemplateRecord, ContainerInfraState } from './state';
import type { Views } from './views';

type Values = Record<string, AttributeValue>;

/** What an attribute is when nobody says anything. */
const DEFAULTS = {
  registry_enabled: false,
  tls_disabled: false,
  public: false,
  server_type: 'vm',
  master_lb_enabled: false,
  floating_ip_enabled: true,
  hidden: false,
  labels: null,
};

/** Cluster templates: magnum/api/controllers/v1/cluster_template.py, and its part of magnum/db/sqlalchemy/api.py. */
export class ClusterTemplates {
  constructor(
    readonly state: ContainerInfraState,
    readonly clock: Clock,
    readonly ids: IdSource,
    readonly views: Views,
  ) {}

  /** `GET /clustertemplates`; with `detail` the same, at another address. @throws {@link MagnumError} */
  list(context: RequestContext, query: URLSearchParams, detail: boolean): Response {
    enforce(context, detail ? 'clustertemplate:detail' : 'clustertemplate:get_all');
    const page = readPage(query);
    const seen = this.state.clusterTemplates.filter(
      (one) => this.#isMine(context, one) || context.isAdmin || (one.public && !one.hidden),
    );
    const found = page.take(seen, (uuid) => this.#find(context, uuid));
    const last = found.at(-1);
    const next =
      last !== undefined && found.length === page.limit
        ? {
            next: nextUrl(
              this.views,
              detail ? 'clustertemplates/detail' : 'clustertemplates',
              page,
              last.uuid,
            ),
          }
        : {};
    return json({ ...next, clustertemplates: found.map((one) => this.views.template(one)) });
  }

  show(context: RequestContext, ident: string): Response {
    const found = this.#find(context, ident, context.isAdmin);
    if (!found.public) enforce(context, 'clustertemplate:get', found.project_id);
    return json(this.views.template(found));
  }

  /** @throws {@link MagnumError} */
  async create(context: RequestContext, body: unknown, resources: Resources): Promise<Response> {
    const values: Values = { ...DEFAULTS, ...attributesOf(body) };
    const { coe = null, server_type, docker_storage_driver, docker_volume_size } = values;
    if (coe === null) throw badRequest('Requested COE type Unset is not supported.');
    values.network_driver = networkDriver(textOf(values.network_driver));
    checkVolumeDriver(textOf(values.volume_driver));
    checkStorageSize(
      textOf(docker_storage_driver),
      typeof docker_volume_size === 'number' ? docker_volume_size : null,
    );
    await checkDriver(values, resources);
    enforce(context, 'clustertemplate:create');
    await resources.validate(values);
    const image = await resources.image(textOf(values.image_id) ?? '');
    if (values.public === true || values.hidden === true) checkMayPublish(context);
    const now = this.clock.now();
    const record = {
      ...Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => [name, null])),
      ...values,
      id: ++this.state.lastId,
      uuid: textOf(values.uuid) ?? this.ids.uuid('cluster-template'),
      name: textOf(values.name) ?? this.#newName(),
      server_type: server_type ?? 'vm',
      cluster_distro: image.os_distro ?? null,
      driver: image.magnum_driver ?? null,
      project_id: context.projectId,
      user_id: context.userId,
      created_at: seconds(now),
      updated_at: null,
    } as unknown as ClusterTemplateRecord; // every attribute is there, and has its type
    if (this.state.clusterTemplates.some(({ uuid }) => uuid === record.uuid))
      throw new MagnumError(409, `A ClusterTemplate with UUID ${record.uuid} already exists.`);
    this.state.clusterTemplates.push(record);
    const response = json(this.views.template(record, exactly(now)), 201);
    response.headers.set('Location', this.views.url(`clustertemplates/${record.uuid}`));
    return response;
  }

  /** @throws {@link MagnumError} */
  async update(
    context: RequestContext,
    ident: string,
    body: unknown,
    resources: Resources,
  ): Promise<Response> {
    const changes = readPatch(body);
    // what checks the drivers looks with the caller's eyes, an administrator's included
    const found = this.#find(context, ident);
    const changed = applyPatch({ ...found }, changes);
    if (changed.coe !== 'kubernetes')
      throw new MagnumError(500, `Field value ${pythonText(changed.coe)} is invalid`);
    networkDriver(textOf(changed.network_driver));
    checkVolumeDriver(textOf(changed.volume_driver));
    enforce(context, 'clustertemplate:update', found.project_id);
    const values = Object.fromEntries(
      Object.entries(ATTRIBUTES)
        .filter(([name, { kind }]) => kind !== 'read only' && name !== 'uuid')
        .map(([name]) => [name, name in changed ? convert(name, changed[name]) : null]),
    );
    await resources.validate(values);
    if (values.public !== found.public || values.hidden !== found.hidden) checkMayPublish(context);
    const before = { ...found };
    Object.assign(found, values);
    const response = json(this.views.template(found));
    // the answer still has the time of the change before this one
    if (JSON.stringify(found) !== JSON.stringify(before)) found.updated_at = seconds(this.clock.now());
    return response;
  }

  /** @throws {@link MagnumError} */
  delete(context: RequestContext, ident: string): Response {
    const found = this.#find(context, ident, context.isAdmin);
    enforce(context, 'clustertemplate:delete', found.project_id);
    this.state.clusterTemplates.splice(this.state.clusterTemplates.indexOf(found), 1);
    return empty(204);
  }

  #isMine({ projectId }: RequestContext, template: ClusterTemplateRecord): boolean {
    return template.project_id === projectId;
  }

  /** By UUID or name: one's project's, and what is public. @throws {@link MagnumError} 404, 409. */
  #find(context: RequestContext, ident: string, everywhere = false): ClusterTemplateRecord {
    const seen = this.state.clusterTemplates.filter(
      (one) => everywhere || this.#isMine(context, one) || one.public,
    );
    const byUuid = isUuidLike(ident);
    const [only, second] = seen.filter((one) => (byUuid ? one.uuid : one.name) === ident);
    if (only === undefined) throw templateNotFound(ident);
    if (second !== undefined) {
      const why =
        'Multiple ClusterTemplates exist with same name. Please use the ClusterTemplate uuid instead.';
      throw new MagnumError(409, why);
    }
    return only;
  }

  /** A name such as `zeta-22-template`: magnum/common/name_generator.py. */
  #newName(): string {
    const digits = this.ids.hex('cluster-template-name');
    const letter = LETTERS[parseInt(digits.slice(0, 6), 16) % LETTERS.length] ?? '';
    return `${letter}-${(parseInt(digits.slice(6, 12), 16) % 24) + 1}-template`;
  }
}

const LETTERS = [
  'alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mu', 'nu', 'xi',
  'omicron', 'pi', 'rho', 'sigma', 'tau', 'upsilon', 'phi', 'chi', 'psi', 'omega',
]; // prettier-ignore

/** The attributes of a request, each in its type. @throws {@link MagnumError} 400, 500. */
function attributesOf(body: unknown): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const kind = Array.isArray(body)
      ? 'list'
      : body === null
        ? 'NoneType'
        : typeof body === 'string'
          ? 'str'
          : 'int';
    throw new MagnumError(500, `'${kind}' object has no attribute 'keys'`);
  }
  const given = body as Readonly<Record<string, unknown>>; // an object
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(ATTRIBUTES, name));
  if (unknown.length > 0)
    throw badRequest(`Unknown attribute for argument cluster_template: ${unknown.join(', ')}`);
  if (given.image_id === undefined || given.image_id === null)
    throw invalidInput('image_id', 'None', 'Mandatory field missing.');
  const values = Object.keys(ATTRIBUTES)
    .filter((name) => Object.hasOwn(given, name))
    .map((name) => [name, convert(name, given[name])] as const);
  return Object.fromEntries(values);
}

/** `enforce_driver_supported`: an image that cannot be had is one without a distribution. */
async function checkDriver(values: Values, resources: Resources): Promise<void> {
  let distro = textOf(values.cluster_distro);
  let driver = textOf(values.driver);
  if (!distro || !driver) {
    const image: Image | undefined = await resources
      .image(textOf(values.image_id) ?? '')
      .catch((error: unknown) => {
        if (error instanceof MagnumError) return undefined;
        throw error;
      });
    distro = image === undefined ? (distro ?? 'Unset') : (image.os_distro ?? 'None');
    driver = image?.magnum_driver ?? (image === undefined ? driver : null);
  }
  checkClusterType(textOf(values.server_type) ?? 'None', distro, textOf(values.coe) ?? 'None', driver);
}

function checkMayPublish(context: RequestContext): void {
  if (!allows(context, 'clustertemplate:publish'))
    throw new MagnumError(403, 'Not authorized to set public or hidden flag for cluster template.');
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}+00:00`;
}

/** `isoformat()`, with what there is of a second. */
function exactly(time: Date): string {
  const fraction = time.getUTCMilliseconds();
  return fraction === 0 ? seconds(time) : `${time.toISOString().slice(0, 23)}000+00:00`;
}
