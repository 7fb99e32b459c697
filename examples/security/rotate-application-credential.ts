import type { ApplicationCredentialInfo, Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region rotate
/** What a program needs for its login. */
export interface Credential {
  id: string;
  secret: string;
}

/**
 * Replaces a program's application credential, named `report` or `report-1`, `report-2`…, by one that may do the same.
 * The old one goes only after the program has the new one: it never stands still. If the handing over fails, the old
 * one stays and the new one goes.
 *
 * @param handOver gives the new one to the program, and throws if the program cannot log in with it.
 * @param expiresAt when the new one ends by itself.
 */
export async function rotateApplicationCredential(
  { identity }: Connection,
  program: string,
  handOver: (credential: Credential) => Promise<void>,
  expiresAt: Date,
): Promise<ApplicationCredentialInfo> {
  // more than one if an earlier run was cut off
  const old = (await identity.applicationCredentials())
    .filter(({ name }) => numberOf(name, program) !== undefined)
    .sort((a, b) => Number(numberOf(a.name, program)) - Number(numberOf(b.name, program)));
  const last = old.at(-1);
  if (last === undefined) throw new Error(`There is no application credential ${program} to replace.`);

  const { secret, ...created } = await identity.createApplicationCredential({
    name: `${program}-${Number(numberOf(last.name, program)) + 1}`,
    description: last.description,
    roles: last.roles.map(({ id }) => ({ id })),
    unrestricted: last.unrestricted === true,
    expires_at: expiresAt.toISOString(),
    ...(last.access_rules && { access_rules: last.access_rules.map(({ id }) => ({ id })) }),
  });
  try {
    await handOver({ id: created.id, secret });
  } catch (error) {
    await identity.deleteApplicationCredential(created.id);
    throw error;
  }
  for (const { id } of old) await identity.deleteApplicationCredential(id);
  return created;
}

/** 0 for `report`, 7 for `report-7`, undefined for another program's. */
function numberOf(name: string, program: string): number | undefined {
  if (name === program) return 0;
  if (!name.startsWith(`${program}-`)) return undefined;
  const rest = name.slice(program.length + 1);
  return /^\d+$/.test(rest) ? Number(rest) : undefined;
}
// #endregion rotate

/** `npm run example security/rotate-application-credential` */
export async function main({ cloud, connectWith }: ExampleContext): Promise<void> {
  const logIn = ({ id, secret }: Credential) =>
    connectWith({
      auth_type: 'v3applicationcredential',
      auth: {
        auth_url: cloud.session.auth.authUrl,
        application_credential_id: id,
        application_credential_secret: secret,
      },
    });
  const first = await cloud.identity.createApplicationCredential({
    name: 'report',
    roles: [{ name: 'reader' }],
  });
  let last = first.id;
  try {
    const { expires } = await cloud.identity.access();
    const inNinetyDays = new Date(expires.getTime() + 90 * 24 * 3600 * 1000);
    // a program would read them from its clouds.yaml or from the key manager
    const handOver = async (credential: Credential) => {
      const { roleNames } = await logIn(credential).identity.access();
      console.log('the program logs in as', roleNames);
    };
    const { id, name } = await rotateApplicationCredential(cloud, 'report', handOver, inNinetyDays);
    last = id;
    console.log('it has', name);
    await logIn(first)
      .identity.access()
      .then(
        () => console.log('the old one still works'),
        () => console.log('the old one is refused'),
      );
  } finally {
    await cloud.identity.deleteApplicationCredential(last);
  }
}

await runAsScript(import.meta, main);
