/** Entries of the catalog that Manila's dashboard looks for. */
import type { Connection } from '../../src/client';

/** The type that its pages ask for, and the one that its calls go to: both from before the type had its name of today. */
const TYPES = ['share', 'sharev2'];
const TODAY = 'shared-file-system';

/**
 * Runs something while the catalog has Manila under its old types too, as that of many clouds does. They are gone
 * afterwards: no command of a page may see them, and no other picture have them in its menu.
 */
export async function withShareServices<T>(
  { identity }: Pick<Connection, 'identity'>,
  run: () => Promise<T>,
): Promise<T> {
  const made: string[] = [];
  try {
    const [service] = await identity.services({ type: TODAY });
    const endpoints = await identity.endpoints({ service_id: service?.id, interface: 'public' });
    for (const type of TYPES) {
      const { id } = await identity.createService({ type, name: `manila-${type}` });
      made.push(id);
      for (const { url, region_id } of endpoints)
        await identity.createEndpoint({
          service_id: id,
          interface: 'public',
          url,
          region: region_id ?? undefined,
        });
    }
    return await run();
  } finally {
    for (const id of made) await identity.deleteService(id);
  }
}
