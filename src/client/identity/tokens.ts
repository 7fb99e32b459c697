/** Your own token, and other people's. */
import type { AccessInfo, CatalogService, Token } from '../access';
import { IdentityBase } from './base';
import type { Project } from './types';

export class TokenCalls extends IdentityBase {
  /** The token in use and what it says; gets one if need be. */
  access(): Promise<AccessInfo> {
    return this.session.getAccess();
  }

  /** The services and URLs this token can reach. */
  async catalog(): Promise<CatalogService[]> {
    return (await this.session.getAccess()).catalog;
  }

  /** What the service knows about a token: `GET /v3/auth/tokens`. Throws {@link NotFoundException} for one that is not valid. */
  async validateToken(token: string): Promise<Token> {
    const headers = { Accept: 'application/json', 'X-Subject-Token': token };
    const response = await this.request('/auth/tokens', { headers });
    return ((await response.json()) as { token: Token }).token; // the API's contract
  }

  /** Ends a token before its time: `DELETE /v3/auth/tokens`. */
  async revokeToken(token: string): Promise<void> {
    await this.request('/auth/tokens', { method: 'DELETE', headers: { 'X-Subject-Token': token } });
  }

  /** The projects your user may ask a token for: `GET /v3/auth/projects`. */
  authProjects(): Promise<Project[]> {
    return this.list('projects', '/auth/projects');
  }
}
