import { TestCloud, type Answer, type UserName } from '../../testing/test-cloud';

/** A cloud with its image, and somebody who asks for servers. */
export class TestCompute {
  private constructor(
    readonly cloud: TestCloud,
    readonly image: string,
  ) {}

  static async start(): Promise<TestCompute> {
    const cloud = await TestCloud.start('course');
    const { json } = await cloud.as('demo', 'GET', '/image/v2/images');
    const [image] = json['images'] as { id: string }[];
    return new TestCompute(cloud, image?.id ?? '');
  }

  ask(user: UserName, method: string, path: string, json?: unknown, version = '2.100'): Promise<Answer> {
    const headers = { 'OpenStack-API-Version': `compute ${version}` };
    return this.cloud.as(user, method, `/compute/v2.1${path}`, json, headers);
  }

  create(server: object = {}, options: { user?: UserName; hints?: object } = {}): Promise<Answer> {
    const defaults = { name: 'web', flavorRef: '1', imageRef: this.image, networks: 'none' };
    return this.ask(options.user ?? 'demo', 'POST', '/servers', {
      server: { ...defaults, ...server },
      ...(options.hints === undefined ? {} : { 'os:scheduler_hints': options.hints }),
    });
  }

  /** A server, some seconds after it was asked for. */
  async server(
    server: object = {},
    options: { user?: UserName; hints?: object } = {},
  ): Promise<Record<string, unknown>> {
    const { json } = await this.create(server, options);
    this.cloud.clock.advance(3000);
    return this.show((json['server'] as { id: string }).id);
  }

  async show(id: string, user: UserName = 'admin'): Promise<Record<string, unknown>> {
    const { json } = await this.ask(user, 'GET', `/servers/${id}`);
    return json['server'] as Record<string, unknown>;
  }

  /** An image with data and properties. */
  async imageWith(properties: object, fields: object = {}): Promise<string> {
    const id = await this.cloud.image({
      disk_format: 'raw',
      container_format: 'bare',
      ...fields,
      ...properties,
    });
    await this.cloud.upload(id, 'data');
    return id;
  }
}
