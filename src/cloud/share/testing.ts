import { TestCloud, type Answer, type UserName } from '../testing/test-cloud';

type Thing = Record<string, unknown> & { id: string };

/** A cloud whose shares a test works with. */
export class TestShares {
  private constructor(readonly cloud: TestCloud) {}

  static async start(): Promise<TestShares> {
    return new TestShares(await TestCloud.start('course'));
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    user: UserName = 'demo',
    version = '2.89',
  ): Promise<Answer> {
    const headers = { 'X-OpenStack-Manila-API-Version': version };
    return this.cloud.as(user, method, `/share/v2${path}`, body, headers);
  }

  /** Makes something and waits until it is there. */
  async make(kind: string, fields: object, user: UserName = 'demo'): Promise<string> {
    const answer = await this.send('POST', `/${kind}s`, { [kind]: fields }, user);
    this.wait();
    return thing(answer).id;
  }

  share(fields: object = {}): Promise<string> {
    return this.make('share', { size: 2, share_proto: 'NFS', ...fields });
  }

  async shown(path: string, user: UserName = 'demo'): Promise<Thing> {
    return thing(await this.send('GET', path, undefined, user));
  }

  /** Does something to a share. */
  act(id: string, action: string, values: unknown, user: UserName = 'demo'): Promise<Answer> {
    return this.send('POST', `/shares/${id}/action`, { [action]: values }, user);
  }

  /** Until whatever goes on is done. */
  wait(seconds = 5): void {
    this.cloud.clock.advance(seconds * 1000);
  }
}

/** What an answer is about. */
export function thing(answer: Answer): Thing {
  const [value] = Object.values(answer.json);
  return value as Thing; // a test looks at what it expects
}

/** The status and the sentence of a refusal. */
export function refusal(answer: Answer): [status: number, words: unknown] {
  return [answer.status, thing(answer)['message']];
}
