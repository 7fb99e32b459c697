import { z } from 'zod';
import { unreachable } from './unreachable';

type Fetch = (request: Request) => Promise<Response>;

/** The part of Keystone's answer to a login that says where the services are. */
const login = z.object({
  token: z.object({ catalog: z.array(z.object({ endpoints: z.array(z.object({ url: z.string() })) })) }),
});

/**
 * A network in which there is one real cloud and nothing else: the places that the user's own configuration names,
 * and those that the catalog names that came with a login there. Every other address fails as a host that is not there.
 *
 * @param urls where to log in.
 * @param send the machine's own network.
 */
export function realNetwork(urls: readonly string[], send: Fetch = fetch): Fetch {
  const known = new Set(urls.flatMap(originOf));
  return async (request) => {
    const { origin, hostname, pathname } = new URL(request.url);
    if (!known.has(origin))
      throw unreachable(
        hostname,
        [...known].map((each) => new URL(each).hostname),
      );
    const response = await send(request);
    if (request.method === 'POST' && pathname.endsWith('/auth/tokens') && response.ok) {
      const answer = login.safeParse(await response.clone().json());
      for (const { endpoints } of answer.data?.token.catalog ?? [])
        for (const { url } of endpoints) for (const each of originOf(url)) known.add(each);
    }
    return response;
  };
}

function originOf(url: string): string[] {
  return URL.canParse(url) ? [new URL(url).origin] : [];
}
