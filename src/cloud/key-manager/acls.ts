import { JSON_BODY, now, respond, type Call } from './api';
import type { AclRecord, ContainerRecord, SecretRecord } from './state';
import { aclOf } from './validators';

/** Who may read a secret or container: barbican/api/controllers/acls.py. @param kind its word in errors and references. */
export function acl(
  call: Call,
  kind: 'Secret' | 'Container',
  entity: SecretRecord | ContainerRecord,
): Promise<Response> {
  const { api, policy } = call;
  const allowed = policy.mayAdminister(entity);
  const answer = { acl_ref: `${api.url}/${kind.toLowerCase()}s/${entity.id}/acl` };
  const write = (project_access: boolean, users: string[]): void => {
    const time = now(api);
    entity.acl = { created_at: entity.acl?.created_at ?? time, updated_at: time, project_access, users };
    entity.updated_at = time;
  };
  return respond(call, {
    GET: () => ({ operation: `${kind}ACL(s) retrieval`, allowed, run: () => ({ read: view(entity.acl) }) }),
    PATCH: () => ({
      operation: `${kind}ACL(s) Update`,
      allowed,
      contentTypes: JSON_BODY,
      async run() {
        const read = await aclOf(call);
        if (read !== undefined)
          write(
            read['project-access'] ?? entity.acl?.project_access ?? true,
            read.users ?? entity.acl?.users ?? [],
          );
        return answer;
      },
    }),
    PUT: () => ({
      operation: `${kind}ACL(s) Update`,
      allowed,
      contentTypes: JSON_BODY,
      async run() {
        const read = await aclOf(call);
        if (read === undefined) entity.acl = null;
        else write(read['project-access'] ?? true, read.users ?? []);
        return answer;
      },
    }),
    DELETE: () => ({
      operation: `${kind}ACL(s) deletion`,
      allowed,
      run: () => {
        entity.acl = null;
        return null;
      },
    }),
  });
}

function view(record: AclRecord | null): object {
  if (record === null) return { 'project-access': true };
  const { project_access, users, created_at, updated_at } = record;
  return { 'project-access': project_access, users, created: created_at, updated: updated_at };
}
