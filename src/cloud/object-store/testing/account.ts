import { startState } from '../../states';
import { TestCloud, type Answer } from '../../testing/test-cloud';

/** A cloud in which demo has a container `c`. */
export class Account {
  private constructor(
    readonly cloud: TestCloud,
    readonly path: string,
    readonly token: string,
  ) {}

  static async start(): Promise<Account> {
    const cloud = await TestCloud.start();
    const { projects } = (await startState('empty')).identity;
    const id = projects.find(({ name }) => name === 'demo')?.id ?? '';
    const account = new Account(cloud, `/v1/AUTH_${id}`, await cloud.login('demo'));
    await account.send('PUT', '/c');
    return account;
  }

  send(method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit): Promise<Answer> {
    return this.cloud.send(method, `/object-store${this.path}${path}`, {
      headers: { 'X-Auth-Token': this.token, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? new Blob([body]) : body }),
    });
  }

  anonymous(method: string, path: string): Promise<Answer> {
    return this.cloud.send(method, `/object-store${this.path}${path}`);
  }
}
