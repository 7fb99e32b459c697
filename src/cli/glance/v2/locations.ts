/** location-add, -update and -delete and add-location of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import { repr, type Value } from '../../python';
import { typeName } from '../../python-dict';
import { JSONDecodeError, loads } from '../../python-json';
import type { Glance, Subcommand } from '../command';
import { HttpError } from '../http';
import { printDict, printImage } from '../print';
import { imageId } from './options';
import { getImage, type Image } from './record';
import { requireVersion } from './versions';

const ALGORITHMS = ['sha512', 'sha256', 'sha1', 'md5'];

interface Location {
  url: string;
  metadata: Value;
}

const url = (help: string): ArgumentSpec => ({ names: ['--url'], metavar: '<URL>', required: true, help });
const metadata: ArgumentSpec = {
  names: ['--metadata'],
  metavar: '<STRING>',
  default: '{}',
  help: 'What to note beside the location, a JSON object (default: {})',
};
const value = (name: string, help: string): ArgumentSpec => ({
  names: [`--${name}`],
  metavar: '<STRING>',
  help,
});

/** `glance location-add` */
export const locationAdd: Subcommand = {
  name: 'location-add',
  upstream: 'glanceclient.v2.shell.do_location_add',
  description: 'Say where data of an image lie, on clouds that allow it.',
  arguments: [
    url('Where they lie'),
    metadata,
    value('checksum', 'MD5 of the data'),
    value('hash-algo', 'Algorithm of the hash'),
    value('hash-value', 'Hash of the data'),
    imageId,
  ],
  async run(glance, args) {
    const validation: Record<string, string> = {};
    for (const [option, field] of [
      ['checksum', 'checksum'],
      ['hash_algo', 'os_hash_algo'],
      ['hash_value', 'os_hash_value'],
    ] as const) {
      const given = args.string(option);
      if (given) validation[field] = given;
    }
    const location = {
      url: args.string('url') ?? '',
      metadata: json(args.string('metadata'), 'Metadata is not a valid JSON object.'),
      ...(Object.keys(validation).length > 0 && { validation_data: validation }),
    };
    const image = await patch(glance, args.string('id') ?? '', [
      { op: 'add', path: '/locations/-', value: location },
    ]);
    glance.output.write(printLocations(image));
  },
};

/** `glance location-update` */
export const locationUpdate: Subcommand = {
  name: 'location-update',
  upstream: 'glanceclient.v2.shell.do_location_update',
  description: 'Change what is noted beside a location, on clouds that allow it.',
  arguments: [url('The location'), metadata, imageId],
  async run(glance, args) {
    const id = args.string('id') ?? '';
    const wanted = args.string('url') ?? '';
    const noted = json(args.string('metadata'), 'Metadata is not a valid JSON object.');
    if (repr(noted) === '{}')
      glance.output.write("WARNING -- The location's metadata will be updated to an empty JSON object.\n");
    const [image, locations] = await withLocations(glance, id);
    const location = locations.find((one) => one.url === wanted);
    if (location === undefined)
      throw new HttpError(404, `Unknown URL: ${wanted}, the URL must be one of existing locations of current image`);
    const changed = locations.map((one) => (one === location ? { ...one, metadata: noted } : one));
    const same = repr(location.metadata) === repr(noted);
    glance.output.write(
      printLocations(same ? image : await patch(glance, id, [{ op: 'replace', path: '/locations', value: changed }])),
    );
  },
}; // prettier-ignore

/** `glance location-delete` */
export const locationDelete: Subcommand = {
  name: 'location-delete',
  upstream: 'glanceclient.v2.shell.do_location_delete',
  description: 'Take locations from an image, on clouds that allow it.',
  arguments: [
    { ...url('Location to take away; repeat it for several'), action: 'append' },
    imageId,
  ], // prettier-ignore
  async run(glance, args) {
    const id = args.string('id') ?? '';
    const [, locations] = await withLocations(glance, id);
    const urls = [...new Set(args.list('url'))];
    const known = locations.map((one) => one.url);
    const missing = urls.filter((one) => !known.includes(one));
    if (missing.length > 0) throw new HttpError(404, `Unknown URL(s): ${repr(missing)}`);
    const indexes = urls.map((one) => known.indexOf(one)).sort((a, b) => b - a);
    await sendPatch(glance, id, indexes.map((index) => ({ op: 'remove', path: `/locations/${index}` })));
  },
}; // prettier-ignore

/** `glance add-location` */
export const addLocation: Subcommand = {
  name: 'add-location',
  upstream: 'glanceclient.v2.shell.do_add_location',
  description: 'Say where the data of an image that has none yet lie.',
  arguments: [
    url('Where they lie'),
    {
      names: ['--validation-data'],
      metavar: '<STRING>',
      default: '{}',
      help: 'The hash that the data must have: os_hash_algo and os_hash_value in a JSON object (default: {})',
    },
    imageId,
  ],
  async run(glance, args) {
    const id = args.string('id') ?? '';
    const validation_data = json(args.string('validation_data'), 'validation-data is not a valid JSON object.');
    checkValidation(validation_data);
    await requireVersion(glance, 'v2.17');
    await glance.client.request('POST', `/v2/images/${id}/locations`, {
      body: JSON.stringify({ url: args.string('url'), validation_data }),
      headers: { 'Content-Type': 'application/json' },
    });
    glance.output.write(printImage(await getImage(glance.client, id)));
  },
}; // prettier-ignore

/** @throws {@link CommandError} in the client's words, or in Python's where the client did not expect the value. */
function checkValidation(given: Value): void {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw new CommandError(`'${typeName(given)}' object has no attribute 'keys'`);
  const names = Object.keys(given);
  const [other, ...more] = names.filter((name) => name !== 'os_hash_algo' && name !== 'os_hash_value');
  if (more.length > 0) throw new CommandError('not all arguments converted during string formatting');
  if (other !== undefined)
    throw new CommandError(
      `Validation Data should contain only os_hash_algo and os_hash_value. \`${other}\` is not allowed`,
    );
  if (names.length === 0) return;
  const algorithm = (given as Readonly<Record<string, Value>>).os_hash_algo; // an object, as was seen
  if (algorithm === undefined) throw new CommandError("'os_hash_algo'"); // a KeyError of the real client
  if (!ALGORITHMS.includes(String(algorithm)))
    throw new CommandError(
      `os_hash_algo: \`${String(algorithm)}\` is incorrect, allowed hashing algorithms: ${repr(ALGORITHMS)}`,
    );
}

function json(text: string | undefined, words: string): Value {
  try {
    return loads(text ?? '') as Value; // came as JSON
  } catch (error) {
    if (error instanceof JSONDecodeError) throw new CommandError(words);
    throw error;
  }
}

/** The image and its locations. @throws {@link HttpError} in the client's own name when the cloud does not show them. */
async function withLocations({ client }: Glance, id: string): Promise<[Image, Location[]]> {
  const image = await getImage(client, id);
  const { locations } = image;
  if (locations === undefined || locations === null)
    throw new HttpError(400, 'The administrator has disabled API access to image locations');
  return [image, locations as unknown as Location[]]; // the API's contract
}

async function sendPatch({ client }: Glance, id: string, operations: readonly object[]): Promise<Response> {
  return client.request('PATCH', `/v2/images/${id}`, {
    body: JSON.stringify(operations),
    headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
  });
}

async function patch(glance: Glance, id: string, operations: readonly object[]): Promise<Image> {
  const response = await sendPatch(glance, id, operations);
  const requestId = response.headers.get('x-openstack-request-id') ?? '';
  return getImage(glance.client, id, { 'x-openstack-request-id': requestId });
}

function printLocations({ self: _, ...image }: Image): string {
  return printDict(image);
}
