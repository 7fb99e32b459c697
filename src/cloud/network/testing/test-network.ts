import { TestCloud, type Answer, type UserName } from '../../testing/test-cloud';

type View = Record<string, unknown> & { id: string };

/** The cloud of the course with a network of demo's, for tests. */
export class TestNetwork {
  private constructor(
    readonly cloud: TestCloud,
    /** The network's id. */
    readonly id: string,
    readonly publicId: string,
  ) {}

  static async start(): Promise<TestNetwork> {
    const cloud = await TestCloud.start('course');
    const made = await cloud.as('demo', 'POST', '/network/v2.0/networks', { network: { name: 'net' } });
    const found = await cloud.as('demo', 'GET', '/network/v2.0/networks?name=public');
    const [outside] = found.json['networks'] as View[]; // the Network API's contract
    return new TestNetwork(cloud, (made.json['network'] as View).id, outside?.id ?? '');
  }

  as(user: UserName, method: string, path: string, body?: unknown): Promise<Answer> {
    return this.cloud.as(user, method, `/network/v2.0/${path}`, body);
  }

  demo(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.as('demo', method, path, body);
  }

  /** Makes something, and returns what the service shows of it. */
  async make(path: string, name: string, body: object, user: UserName = 'demo'): Promise<View> {
    const answer = await this.as(user, 'POST', path, { [name]: body });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.json[name] as View; // the Network API's contract
  }

  subnet(body: object): Promise<View> {
    return this.make('subnets', 'subnet', { network_id: this.id, ip_version: 4, ...body });
  }

  port(body: object = {}): Promise<View> {
    return this.make('ports', 'port', { network_id: this.id, ...body });
  }

  group(name: string, body: object = {}): Promise<View> {
    return this.make('security-groups', 'security_group', { name, ...body });
  }

  /** Asks for a rule. */
  rule(groupId: string, body: object): Promise<Answer> {
    const rule = { security_group_id: groupId, direction: 'ingress', ...body };
    return this.demo('POST', 'security-group-rules', { security_group_rule: rule });
  }
}
