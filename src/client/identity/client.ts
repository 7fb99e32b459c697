/** Identity v3: who you are, what you may, and who else is there. Models `openstack/identity/v3/_proxy.py`. */
import { pathTo, type FindOptions } from './base';
import { CatalogCalls } from './catalog';
import type { AccessRule, ApplicationCredentialCreate, ApplicationCredentialInfo } from './types';

/**
 * Calls Identity v3 with a session's token. All calls throw {@link HttpException} and its kinds when the service
 * refuses.
 *
 * @example
 * const demo = await cloud.identity.findProject('demo', { ignoreMissing: false });
 * await cloud.identity.updateProject(demo.id, { description: 'For practice' });
 */
export class IdentityClient extends CatalogCalls {
  /** The application credentials of a user: your own unless another id is given (admin only by default). */
  async applicationCredentials(userId?: string): Promise<ApplicationCredentialInfo[]> {
    return this.list('application_credentials', await this.#mine('application_credentials', userId));
  }

  /** One of your own, by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  async findApplicationCredential(
    nameOrId: string,
    options: FindOptions = {},
  ): Promise<ApplicationCredentialInfo | undefined> {
    const path = await this.#mine('application_credentials');
    const { userId } = await this.session.getAccess();
    return this.find(
      'ApplicationCredential',
      nameOrId,
      options,
      // the SDK says the user twice
      (id) => this.fetchOne('application_credential', path + pathTo(id), { user_id: userId }),
      () => this.list('application_credentials', path),
    );
  }

  /** Makes one for the project the session is scoped to. Its `secret` cannot be read again. */
  async createApplicationCredential(
    credential: ApplicationCredentialCreate,
  ): Promise<ApplicationCredentialInfo & { secret: string }> {
    return this.create('application_credential', await this.#mine('application_credentials'), credential);
  }

  async deleteApplicationCredential(id: string): Promise<void> {
    await this.remove((await this.#mine('application_credentials')) + pathTo(id));
  }

  /** The access rules of a user: your own unless another id is given. They outlive their application credential. */
  async accessRules(userId?: string): Promise<AccessRule[]> {
    return this.list('access_rules', await this.#mine('access_rules', userId));
  }

  async getAccessRule(id: string): Promise<AccessRule> {
    return this.get('AccessRule', 'access_rule', (await this.#mine('access_rules')) + pathTo(id), id);
  }

  async deleteAccessRule(id: string): Promise<void> {
    await this.remove((await this.#mine('access_rules')) + pathTo(id));
  }

  async #mine(collection: string, userId?: string): Promise<string> {
    return pathTo('users', userId ?? (await this.session.getAccess()).userId, collection);
  }
}
