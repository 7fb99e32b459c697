import { acl } from './acls';
import { isUuid, JSON_BODY, json, like, noContent, now, paged, respond, type Call } from './api';
import { containerConsumers } from './consumers';
import { HTTPError } from './errors';
import { enforceQuota } from './quotas';
import { ownSecret } from './secrets';
import type { ContainerRecord } from './state';
import { containerSecret, newContainer, type NewContainer } from './validators';

/** `/containers` and what is below it: barbican/api/controllers/containers.py. */
export function containers(call: Call, rest: readonly string[]): Promise<Response> {
  const { api, policy, query, context } = call;
  const [id, ...below] = rest;
  if (id !== undefined) return oneContainer(call, find(call, id), below);
  const own = api.state.containers.filter(({ project_id }) => project_id === context.projectId);
  return respond(
    call,
    {
      GET: () => ({
        operation: 'Containers(s) retrieval',
        allowed: policy.has('member'),
        run: () => {
          const [name, type] = [query.get('name'), query.get('type')];
          const found = own.filter((one) => (!name || like(one.name, name)) && (!type || one.type === type));
          return paged(call, 'containers', 'containers', found, (one) => containerView(call, one));
        },
      }),
      POST: () => ({
        operation: 'Container creation',
        allowed: policy.has('member'),
        contentTypes: JSON_BODY,
        async run() {
          const given = await newContainer(call);
          enforceQuota(call, 'containers', own.length);
          const missing = given.secrets.find(({ secret_id }) => ownSecret(call, secret_id) === undefined);
          if (missing !== undefined)
            throw new HTTPError(404, `Secret provided for '${missing.name ?? 'None'}' doesn't exist.`);
          const ref = `${api.url}/containers/${createContainer(call, given).id}`;
          return json({ container_ref: ref }, 201, { Location: ref });
        },
      }),
    },
    true,
  );
}

/** Puts a container into the database. */
export function createContainer(
  { api, context }: Pick<Call, 'api' | 'context'>,
  { name, type, secrets }: NewContainer,
): ContainerRecord {
  const time = now(api);
  const container: ContainerRecord = {
    id: api.ids.uuid('secret-container'),
    created_at: time,
    updated_at: time,
    name,
    type,
    creator_id: context.userId,
    project_id: context.projectId,
    secrets,
    consumers: [],
    acl: null,
  };
  api.state.containers.push(container);
  return container;
}

function find({ api }: Call, id: string): ContainerRecord {
  if (!isUuid(id)) throw new HTTPError(404, 'Not Found. Provided container id is invalid.');
  const container = api.state.containers.find((one) => one.id === id);
  if (container === undefined) throw new HTTPError(404, 'Secrets container not found.');
  return container;
}

function oneContainer(call: Call, container: ContainerRecord, below: readonly string[]): Promise<Response> {
  const { policy, api } = call;
  const [part, ...rest] = below;
  if (part === 'secrets') return containerSecrets(call, container);
  if (part === 'acl') return acl(call, 'Container', container);
  const view = () => containerView(call, container);
  if (part === 'consumers') return containerConsumers(call, container, rest, view);
  if (part !== undefined) throw new HTTPError(404);
  return respond(
    call,
    {
      GET: () => ({ operation: 'Container retrieval', allowed: policy.mayRead(container), run: view }),
      DELETE: () => ({
        operation: 'Container deletion',
        allowed: policy.mayChange(container),
        run: () => {
          api.state.containers = api.state.containers.filter((one) => one !== container);
          return noContent();
        },
      }),
    },
    true,
  );
}

/** `ContainersSecretsController`: a secret goes into a container, and out of it. */
function containerSecrets(call: Call, container: ContainerRecord): Promise<Response> {
  const { policy, api } = call;
  const rule = { allowed: policy.mayChange(container) };
  return respond(call, {
    POST: () => ({
      ...rule,
      operation: 'Container Secret creation',
      contentTypes: JSON_BODY,
      async run() {
        if (container.type !== 'generic')
          throw new HTTPError(400, "Only 'generic' containers can be modified.");
        const { name, secret_ref } = await containerSecret(call);
        const secret = ownSecret(call, secret_ref);
        if (secret === undefined) throw new HTTPError(404, "Secret provided doesn't exist.");
        if (container.secrets.some((one) => one.name === name && one.secret_id === secret.id)) {
          throw new HTTPError(
            409,
            'Conflict. A secret with that name and ID is already stored in this container. The same secret can exist in ' +
              'a container as long as the name is unique.',
          );
        }
        container.secrets.push({ name, secret_id: secret.id });
        const ref = `${api.url}/containers/${container.id}`;
        return json({ container_ref: ref }, 201, { Location: ref });
      },
    }),
    DELETE: () => ({
      ...rule,
      operation: 'Container Secret deletion',
      async run() {
        const { name, secret_ref } = await containerSecret(call);
        const secret = ownSecret(call, secret_ref);
        if (secret === undefined)
          throw new HTTPError(
            404,
            `Secret '${name ?? 'None'}' with reference '${secret_ref}' doesn't exist.`,
          );
        const others = container.secrets.filter((one) => one.name !== name || one.secret_id !== secret.id);
        if (others.length === container.secrets.length)
          throw new HTTPError(404, 'Secret provided is not in the container');
        container.secrets = others;
        return noContent();
      },
    }),
  });
}

function containerView({ api }: Call, container: ContainerRecord): object {
  const { id, name, type, creator_id, secrets, consumers } = container;
  return {
    created: container.created_at,
    updated: container.updated_at,
    status: 'ACTIVE',
    name,
    type,
    creator_id,
    secret_refs: secrets.map((one) => ({
      name: one.name,
      secret_ref: `${api.url}/secrets/${one.secret_id}`,
    })),
    consumers: consumers.map((one) => ({ name: one.name, URL: one.URL })),
    container_ref: `${api.url}/containers/${id}`,
  };
}
