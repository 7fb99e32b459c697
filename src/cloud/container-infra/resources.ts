import { isUuidLike } from './attributes';
import { badRequest, MagnumError } from './errors';

/** What Magnum looks at of an image. */
export interface Image {
  os_distro?: string;
  magnum_driver?: string;
}

interface Named {
  id: string;
  name: string;
}

/** The attributes of a template that name something of another service. */
export interface Named4Cluster {
  image_id?: string | null;
  flavor_id?: string | null;
  master_flavor_id?: string | null;
  external_network_id?: string | null;
  fixed_network?: string | null;
  fixed_subnet?: string | null;
}

/** Asks other services in the user's name: magnum/api/attr_validator.py and magnum/common/clients.py. */
export class Resources {
  /** @param send a GET of a path below the cloud's base URL. */
  constructor(readonly send: (path: string) => Promise<Response>) {}

  async #get<T>(path: string): Promise<T> {
    const response = await this.send(path);
    if (!response.ok) throw new MagnumError(500, `${response.status}: ${await response.text()}`);
    return (await response.json()) as T; // the other API's contract
  }

  /** An image by its name or id. @throws {@link MagnumError} */
  async image(nameOrId: string): Promise<Image> {
    if (isUuidLike(nameOrId)) {
      const response = await this.send(`/image/v2/images/${nameOrId}`);
      if (response.status === 403) throw new MagnumError(403, `Not authorized for image ${nameOrId}.`);
      if (!response.ok) throw badRequest(`Image ${nameOrId} could not be found.`);
      return (await response.json()) as Image; // the Image API's contract
    }
    const query = new URLSearchParams({ name: nameOrId });
    const { images } = await this.#get<{ images: Image[] }>(`/image/v2/images?${query.toString()}`);
    const [only, second] = images;
    if (second !== undefined) {
      throw new MagnumError(
        409,
        `Multiple images exist with same name ${nameOrId}. Please use the resource id instead.`,
      );
    }
    if (only === undefined) throw badRequest(`Image ${nameOrId} could not be found.`);
    return only;
  }

  /** `validate_os_resources`: whether what a template names is there. @throws {@link MagnumError} */
  async validate(template: Named4Cluster): Promise<void> {
    const { image_id, flavor_id, master_flavor_id, external_network_id, fixed_network, fixed_subnet } =
      template;
    if (typeof image_id === 'string') {
      const { os_distro } = await this.image(image_id);
      if (!os_distro) throw badRequest(`Image ${image_id} doesn't contain os_distro field.`);
    }
    for (const flavor of [flavor_id, master_flavor_id])
      if (typeof flavor === 'string') await this.#flavor(flavor);
    if (typeof external_network_id === 'string')
      await this.#one('external network', external_network_id, 'networks', '?router:external=True');
    if (typeof fixed_network === 'string') await this.#one('fixed network', fixed_network, 'networks');
    if (typeof fixed_subnet === 'string') await this.#one('fixed subnet', fixed_subnet, 'subnets');
  }

  async #flavor(nameOrId: string): Promise<void> {
    const { flavors } = await this.#get<{ flavors: Named[] }>('/compute/v2.1/flavors/detail');
    if (!flavors.some(({ id, name }) => id === nameOrId || name === nameOrId))
      throw badRequest(`Unable to find flavor ${nameOrId}.`);
  }

  async #one(what: string, nameOrId: string, collection: string, query = ''): Promise<void> {
    const found = await this.#get<Record<string, Named[]>>(`/network/v2.0/${collection}${query}`);
    const matches = (found[collection] ?? []).filter(({ id, name }) => id === nameOrId || name === nameOrId);
    if (matches.length === 0) throw badRequest(`Unable to find ${what} ${nameOrId}.`);
    if (matches.length === 1) return;
    const kind = what === 'external network' ? 'external networks' : collection;
    const word =
      what === 'fixed subnet' ? 'subnet' : what === 'external network' ? 'external network' : 'network';
    throw new MagnumError(
      409,
      `Multiple ${kind} exist with same name '${nameOrId}'. Please use the ${word} ID instead.`,
    );
  }
}
