import { HTTPError } from '../../http/webob';
import type { RequestContext } from '../policy';
import type { ImageRepository } from '../repository';
import { shippedMetadefs } from './catalog';
import type { MetadefState, Namespace } from './state';

/** The metadata definitions, as callers may see them. Modelled on `glance/db/__init__.py` and `glance/api/v2/policy.py`. */
export class MetadefRepository {
  readonly #images: ImageRepository;
  #shipped: Promise<MetadefState> | undefined;

  constructor(images: ImageRepository) {
    this.#images = images;
  }

  now(): string {
    return this.#images.now();
  }

  /** For reading only. */
  state(): Promise<MetadefState> {
    const { metadefs } = this.#images.state;
    if (metadefs !== undefined) return Promise.resolve(metadefs);
    this.#shipped ??= shippedMetadefs();
    return this.#shipped;
  }

  /** For changing: from now on the definitions are part of the cloud's state. */
  async changing(): Promise<MetadefState> {
    const state = await this.state();
    this.#images.state.metadefs = state;
    return state;
  }

  async namespaces(context: RequestContext): Promise<Namespace[]> {
    const { namespaces } = await this.state();
    return namespaces.filter((namespace) => isVisible(context, namespace));
  }

  /** The namespace, or a 404. */
  async get(
    context: RequestContext,
    name: string,
    message = `Namespace ${name} not found`,
  ): Promise<Namespace> {
    const { namespaces } = await this.state();
    const found = namespaces.find(({ namespace }) => namespace === name);
    if (found === undefined) throw new HTTPError(404, message);
    if (!isVisible(context, found)) throw new HTTPError(404, `Namespace ${name} not found`);
    return found;
  }

  /** The namespace, if the caller may delete or empty it. */
  async deletable(context: RequestContext, name: string): Promise<Namespace> {
    const namespace = await this.get(context, name);
    enforceAdmin(context, 'delete_metadef_namespace');
    if (namespace.protected)
      throw new HTTPError(403, `Metadata definition namespace ${name} is protected and cannot be deleted.`);
    return namespace;
  }
}

function isVisible(context: RequestContext, { visibility, owner }: Namespace): boolean {
  return context.isAdmin || visibility === 'public' || owner === context.projectId;
}

/** Only readers may look; a 403 otherwise. */
export function enforceReader(context: RequestContext, rule: string): void {
  if (!context.isProjectScoped) throw new HTTPError(404);
  if (!context.isAdmin && !context.roles.includes('reader')) throw refused(rule);
}

/** Only administrators may change anything. */
export function enforceAdmin(context: RequestContext, rule: string): void {
  if (!context.isProjectScoped) throw new HTTPError(404);
  if (!context.isAdmin) throw refused(rule);
}

function refused(rule: string): HTTPError {
  return new HTTPError(403, `You are not authorized to complete ${rule} action.`);
}

export function notFound(message: string): HTTPError {
  return new HTTPError(404, message);
}

export function conflict(message: string): HTTPError {
  return new HTTPError(409, message);
}
