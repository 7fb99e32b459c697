/** image-stage, image-import and import-info of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Value } from '../../python';
import type { Glance, Subcommand } from '../command';
import { HttpError } from '../http';
import { boolFromString } from '../options';
import { printDict, printImage } from '../print';
import { sendData, validateBackend } from './data';
import { file, imageId, progress, store } from './options';
import { getImage } from './record';

/** `glance image-stage` */
export const imageStage: Subcommand = {
  name: 'image-stage',
  upstream: 'glanceclient.v2.shell.do_image_stage',
  description: 'Upload the data of an image to where Glance keeps what is to be imported.',
  arguments: [
    file,
    {
      names: ['--size'],
      metavar: '<IMAGE_SIZE>',
      type: int,
      help: 'Size of the data in bytes, where it cannot be seen from the data',
    },
    progress,
    imageId,
  ],
  run: (glance, args) => sendData(glance, args, `/v2/images/${args.string('id') ?? ''}/stage`),
};

/** Options of the glance-download method. @param region what stands for that option's value in help texts */
export const remoteOptions = (region: string): readonly ArgumentSpec[] => [
  { names: ['--remote-region'], metavar: region, help: 'With glance-download: region to get the image from' },
  {
    names: ['--remote-image-id'],
    metavar: '<REMOTE_IMAGE_ID>',
    help: 'With glance-download: ID of the image there',
  },
  {
    names: ['--remote-service-interface'],
    metavar: '<REMOTE_SERVICE_INTERFACE>',
    default: 'public',
    help: 'With glance-download: which URL of its Glance to use',
  },
];

/** Options that say in which stores the data shall be. */
export const storeOptions: readonly ArgumentSpec[] = [
  store,
  {
    names: ['--stores'],
    metavar: '<STORES>',
    env: 'OS_IMAGE_STORES',
    help: 'Stores to put the data in, separated by commas (OS_IMAGE_STORES)',
  },
  {
    names: ['--all-stores'],
    type: boolFromString,
    metavar: '[True|False]',
    dest: 'os_all_stores',
    help: 'Whether to put the data in every store',
  },
  {
    names: ['--allow-failure'],
    type: boolFromString,
    metavar: '[True|False]',
    dest: 'os_allow_failure',
    env: 'OS_IMAGE_ALLOW_FAILURE',
    default: true,
    help: 'With several stores: whether to go on when one of them fails; True unless given (OS_IMAGE_ALLOW_FAILURE)',
  },
];

export const uri: ArgumentSpec = {
  names: ['--uri'],
  metavar: '<IMAGE_URL>',
  help: 'With web-download: address to fetch',
};

/** `glance image-import` */
export const imageImport: Subcommand = {
  name: 'image-import',
  upstream: 'glanceclient.v2.shell.do_image_import',
  description: 'Have Glance fetch the data of an image.',
  arguments: [
    {
      names: ['--import-method'],
      metavar: '<METHOD>',
      default: 'glance-direct',
      help: 'Where the data come from; import-info lists what there is. glance-direct, which is what image-stage uploaded, unless given',
    },
    uri,
    ...remoteOptions('<REMOTE_GLANCE_REGION>'),
    imageId,
    ...storeOptions,
  ],
  async run(glance, args) {
    const stores = await chosenStores(glance, args);
    for (const one of stores) await validateBackend(glance, one);
    const method = args.string('import_method') ?? '';
    checkMethod(args, method, stores, await importMethods(glance));

    const id = args.string('id') ?? '';
    const { container_format, disk_format, status } = await getImage(glance.client, id);
    if (!container_format || !disk_format)
      throw new CommandError(
        "The 'container_format' and 'disk_format' properties must be set on an image before it can be imported.",
      );
    checkStatus(method, status);
    await sendImport(glance, args, id, stores);
    glance.output.write(printImage(await getImage(glance.client, id)));
  },
};

/** What `--stores` lists, once `--store`, `--stores` and `--all-stores` are seen to be one at most. */
export async function chosenStores(glance: Glance, args: ParsedArgs): Promise<string[]> {
  const one = args.string('store');
  const stores = args.string('stores');
  const all = args.flag('os_all_stores');
  if ((one && (stores || all)) || (stores && all))
    throw new CommandError('Only one of --store, --stores and --all-stores can be provided');
  if (one) await validateBackend(glance, one);
  return stores ? stores.split(',') : [];
}

/** The import methods of this cloud. */
export async function importMethods({ client }: Glance): Promise<unknown[]> {
  try {
    const methods = (await client.get('/v2/info/import'))['import-methods'] as { value: unknown[] }; // the API's contract
    return methods.value;
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 404) throw error;
    throw new CommandError('Target Glance does not support Image Import workflow');
  }
}

/** @throws {@link CommandError} for a method that the cloud has not. */
export function checkSupported(method: string, methods: readonly unknown[]): void {
  if (!methods.includes(method))
    throw new CommandError(
      `Import method '${method}' is not valid for this cloud. Valid values can be retrieved with import-info command.`,
    );
}

function checkMethod(
  args: ParsedArgs,
  method: string,
  stores: readonly string[],
  methods: readonly unknown[],
): void {
  checkSupported(method, methods);
  const [address, region, image] = ['uri', 'remote_region', 'remote_image_id'].map((name) =>
    args.string(name),
  );
  if (method === 'web-download' && !address)
    throw new CommandError('Provide URI for web-download import method.');
  if (address && method !== 'web-download')
    throw new CommandError("Import method should be 'web-download' if URI is provided.");
  if (method === 'glance-download' && !(region && image))
    throw new CommandError("Provide REMOTE_IMAGE_ID and remote-region for 'glance-download' import method.");
  if (region && method !== 'glance-download')
    throw new CommandError("Import method should be 'glance-download' if REMOTE REGION is provided.");
  if (image && method !== 'glance-download')
    throw new CommandError("Import method should be 'glance-download' if REMOTE IMAGE ID is provided.");
  if (method === 'copy-image' && stores.length === 0 && !args.flag('os_all_stores'))
    throw new CommandError("Provide either --stores or --all-stores for 'copy-image' import method.");
}

function checkStatus(method: string, status: Value | undefined): void {
  if (method === 'glance-direct' && status !== 'uploading')
    throw new CommandError(
      "The 'glance-direct' import method can only be applied to an image in status 'uploading'",
    );
  if (method === 'web-download' && status !== 'queued')
    throw new CommandError(
      "The 'web-download' import method can only be applied to an image in status 'queued'",
    );
  if (method === 'copy-image' && status !== 'active')
    throw new CommandError(
      "The 'copy-image' import method can only be used on an image with status 'active'.",
    );
}

/** Images.image_import */
export async function sendImport(
  { client }: Glance,
  args: ParsedArgs,
  id: string,
  stores: readonly string[],
  name = args.string('import_method'),
): Promise<void> {
  const [address, region, image, face, backend] = [
    'uri',
    'remote_region',
    'remote_image_id',
    'remote_service_interface',
    'store',
  ].map((option) => args.string(option));
  const all = args.flag('os_all_stores');
  const body = {
    method: {
      name,
      ...(region &&
        image && {
          ...(face && { glance_service_interface: face }),
          glance_region: region,
          glance_image_id: image,
        }),
      ...(address && { uri: address }),
    },
    ...(stores.length > 0 && { stores }),
    ...(all && { all_stores: true }),
    ...((stores.length > 0 || all) && args.flag('os_allow_failure') && { all_stores_must_succeed: false }),
  };
  await client.request('POST', `/v2/images/${id}/import`, {
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...(backend && { 'x-image-meta-store': backend }) },
  });
}

/** `glance import-info` */
export const importInfo: Subcommand = {
  name: 'import-info',
  upstream: 'glanceclient.v2.shell.do_import_info',
  description: 'Show the import methods that the cloud allows.',
  arguments: [],
  async run(glance) {
    try {
      glance.output.write(
        printDict((await glance.client.get('/v2/info/import')) as Record<string, Value>), // came as JSON
      );
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
      throw new CommandError('Target Glance does not support Image Import workflow');
    }
  },
};
