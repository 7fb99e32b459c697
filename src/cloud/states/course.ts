import { writeQcow2 } from '../../disk-image/qcow2-writer';
import { SimulatedClock } from '../clock';
import { Cloud, type CloudState } from '../cloud';
import { SeededIds } from '../ids';
import { empty } from './empty';
import { courseNetwork } from './network';
import { CIRROS, PASSWORD } from './people';

const MIB = 1024 ** 2;

/** Day 3 began at nine; the administrators were there a bit earlier. */
const UPLOADED = '2026-11-22T08:30:00Z';

/** What every cloud of the course has: {@link empty}, a public image that everybody may use, and a network to the outside. */
export async function course(): Promise<CloudState> {
  const clock = new SimulatedClock(UPLOADED);
  const cloud = new Cloud({ state: await empty(), clock });
  const token = await login(cloud);
  const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json' };
  const created = await cloud.fetch(
    new Request(`${cloud.baseUrl}/image/v2/images`, {
      method: 'POST',
      headers,
      body: JSON.stringify(CIRROS),
    }),
  );
  const { file } = (await created.json()) as { file: string }; // an image as the API shows it
  clock.advance(2000);
  await cloud.fetch(
    new Request(`${cloud.baseUrl}/image${file}`, {
      method: 'PUT',
      headers: { ...headers, 'Content-Type': 'application/octet-stream' },
      body: writeQcow2({ size: 64 * MIB }),
    }),
  );
  const state = await cloud.snapshot();
  state.identity.tokens = [];
  const admin = state.identity.projects.find(({ name }) => name === 'admin');
  const ids = new SeededIds(state.ids);
  const network = courseNetwork(ids, admin?.id ?? '', UPLOADED);
  return { ...state, ids: ids.snapshot(), network };
}

async function login(cloud: Cloud): Promise<string> {
  const body = {
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: 'admin', domain: { id: 'default' }, password: PASSWORD } },
      },
      scope: { project: { name: 'admin', domain: { id: 'default' } } },
    },
  };
  const response = await cloud.fetch(
    new Request(`${cloud.baseUrl}/identity/v3/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  return response.headers.get('X-Subject-Token') ?? '';
}
