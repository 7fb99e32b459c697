import type { Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region secret
/** Keeps a password in the key manager. Gives its href: that goes into the configuration, the password does not. */
export function storeSecret({ keyManager }: Connection, name: string, password: string): Promise<string> {
  return keyManager.createSecret({
    name,
    secret_type: 'passphrase',
    payload: password,
    payload_content_type: 'text/plain',
  });
}

/** What a program does when it starts. Keep the password in memory, in no file and in no log. */
export async function fetchSecret({ keyManager }: Connection, href: string): Promise<string> {
  return (await keyManager.secretPayload(href, 'text/plain')).text();
}

/** Lets one user of another project read one secret. */
export async function letRead({ keyManager }: Connection, href: string, userId: string): Promise<void> {
  const { read } = await keyManager.acl(href);
  const users = new Set([...(read?.users ?? []), userId]);
  await keyManager.setAcl(href, {
    read: { users: [...users], 'project-access': read?.['project-access'] ?? true },
  });
}

/**
 * A secret never changes: stores a new one, has the configuration point to it, and deletes the old one.
 *
 * @param pointTo writes the new href where the program finds it.
 */
export async function replaceSecret(
  cloud: Connection,
  href: string,
  password: string,
  pointTo: (href: string) => Promise<void>,
): Promise<string> {
  const { name } = await cloud.keyManager.getSecret(href);
  const next = await storeSecret(cloud, name ?? '', password);
  await pointTo(next);
  await cloud.keyManager.deleteSecret(href);
  return next;
}
// #endregion secret

/** `npm run example security/store-and-fetch-a-secret`; the partner is the entry `partner` of clouds.yaml. */
export async function main({ cloud, connectAs }: ExampleContext): Promise<void> {
  const partner = await connectAs('partner');
  let href = await storeSecret(cloud, 'db-password', 'correct horse battery staple');
  try {
    console.log('fetched:', await fetchSecret(cloud, href));
    await fetchSecret(partner, href).catch((error: unknown) =>
      console.log('the partner:', error instanceof Error ? error.message : error),
    );
    await letRead(cloud, href, (await partner.identity.access()).userId);
    console.log('the partner, let in:', await fetchSecret(partner, href));
    href = await replaceSecret(cloud, href, 'a new one', (next) => {
      console.log('now at:', next);
      return Promise.resolve();
    });
    console.log('fetched:', await fetchSecret(cloud, href));
  } finally {
    await cloud.keyManager.deleteSecret(href);
  }
}

await runAsScript(import.meta, main);
