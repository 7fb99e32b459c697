import { isUuid, JSON_BODY, json, now, paged, respond, type Call } from './api';
import { HTTPError } from './errors';
import type { Target } from './policy';
import { enforceQuota } from './quotas';
import type { ContainerConsumerRecord, ContainerRecord, SecretConsumerRecord, SecretRecord } from './state';
import { containerConsumer, secretConsumer } from './validators';

/** What is special about the consumers of a secret, or of a container. */
interface Kind<Consumer, Given extends object> {
  /** In errors. */
  name: 'Secret' | 'Container';
  entity: Target & { id: string; updated_at: string; consumers: Consumer[] };
  /** Of the whole cloud, for the quota. */
  all: readonly Consumer[];
  read(call: Call): Promise<Given>;
  view(): object;
}

/** `/secrets/ID/consumers`. */
export function secretConsumers(
  call: Call,
  secret: SecretRecord,
  rest: readonly string[],
  view: () => object,
) {
  return consumers<SecretConsumerRecord, Awaited<ReturnType<typeof secretConsumer>>>(call, rest, {
    name: 'Secret',
    entity: secret,
    all: call.api.state.secrets.flatMap((one) => one.consumers),
    read: secretConsumer,
    view,
  });
}

/** `/containers/ID/consumers`. */
export function containerConsumers(
  call: Call,
  container: ContainerRecord,
  rest: readonly string[],
  view: () => object,
) {
  return consumers<ContainerConsumerRecord, Awaited<ReturnType<typeof containerConsumer>>>(call, rest, {
    name: 'Container',
    entity: container,
    all: call.api.state.containers.flatMap((one) => one.consumers),
    read: containerConsumer,
    view,
  });
}

interface Base {
  id: string;
  project_id: string;
  created_at: string;
  updated_at: string;
}

/** barbican/api/controllers/consumers.py. */
function consumers<Consumer extends Base & Given, Given extends object>(
  call: Call,
  rest: readonly string[],
  kind: Kind<Consumer, Given>,
): Promise<Response> {
  const { api, policy, context } = call;
  const { name, entity } = kind;
  const [id] = rest;
  if (id !== undefined) {
    if (!isUuid(id)) throw new HTTPError(404, 'Not Found. Provided consumer id is invalid.');
    return respond(call, {
      GET: () => ({
        operation: `${name}Consumer retrieval`,
        allowed: policy.has('admin') || (name === 'Container' && policy.mayRead(entity)),
        run: () => {
          const found = kind.all.find((one) => one.id === id);
          if (found === undefined) throw new HTTPError(404, 'Consumer not found.');
          return view(found);
        },
      }),
    });
  }
  const allowed = policy.mayRead(entity);
  const path = `${name.toLowerCase()}s/${entity.id}/consumers`;
  const same = (given: Given) => (one: Consumer) =>
    Object.entries(given).every(([field, value]) => new Map(Object.entries(one)).get(field) === value);
  return respond(call, {
    GET: () => ({
      operation: `${name}Consumers(s) retrieval`,
      allowed,
      run: () => paged(call, path, 'consumers', sorted(entity.consumers), view),
    }),
    POST: () => ({
      operation: `${name}Consumer creation`,
      allowed,
      contentTypes: JSON_BODY,
      async run() {
        const given = await kind.read(call);
        enforceQuota(
          call,
          'consumers',
          kind.all.filter(({ project_id }) => project_id === context.projectId).length,
        );
        if (!entity.consumers.some(same(given))) {
          const time = now(api);
          const base = { id: api.ids.uuid('consumer'), project_id: context.projectId };
          // a record is what was given and the base of every record
          entity.consumers.push({ ...base, created_at: time, updated_at: time, ...given } as Consumer);
          entity.updated_at = time;
        }
        return json(kind.view(), 200, { Location: `${api.url}/consumers/${entity.id}/consumers` });
      },
    }),
    DELETE: () => ({
      operation: `${name}Consumer deletion`,
      allowed,
      contentTypes: JSON_BODY,
      async run() {
        const found = entity.consumers.find(same(await kind.read(call)));
        if (found === undefined) throw new HTTPError(404, 'Consumer not found.');
        if (found.project_id !== context.projectId && entity.project_id !== context.projectId)
          throw new HTTPError(403, 'Not Allowed. Sorry, only the creator of a consumer can delete it.');
        entity.consumers.splice(entity.consumers.indexOf(found), 1);
        return kind.view();
      },
    }),
  });
}

/** Those of containers by name; those of secrets in the order in which they came. */
function sorted<Consumer extends object>(list: readonly Consumer[]): Consumer[] {
  const key = (one: Consumer): string => ('name' in one ? String(one.name) : '');
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

function view({ created_at, updated_at, ...rest }: Base): object {
  const { id: _id, project_id: _project, ...fields } = rest;
  return { created: created_at, updated: updated_at, status: 'ACTIVE', ...fields };
}
