import { SAMPLE_IMAGES } from '../../disk-image/samples';

/** The web server of the sandbox: it has the sample images, and nothing else. */
export const SAMPLE_HOST = 'images.example';

/**
 * What a web-download gets inside the sandbox, without any network.
 *
 * @example
 * const response = await sampleDownload('http://images.example/tiny.qcow2');
 * response?.status; // 200
 */
export function sampleDownload(url: string): Promise<Response | undefined> {
  const { hostname, pathname } = new URL(url);
  const name = pathname.slice(1);
  const make =
    hostname === SAMPLE_HOST && Object.hasOwn(SAMPLE_IMAGES, name) ? SAMPLE_IMAGES[name] : undefined;
  return Promise.resolve(make === undefined ? undefined : new Response(make()));
}
