/** StageImage and ImportImage of openstackclient/image/v2/image.py; ImportInfo of openstackclient/image/v2/info.py. */
import { HttpException, NotFoundException, type ImportMethod, type ImportOptions } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { ListColumn } from '../../formatters/columns';
import { sortedFields, type PlainCommand, type ShowOneCommand } from '../command';
import { openData, showProgress } from './data';
import { formatImage } from './sdk-image';

const METHODS = ['glance-direct', 'web-download', 'glance-download', 'copy-image'];

/** The state that an image must be in for a method. */
const STATUS: Readonly<Record<string, string>> = {
  'glance-direct': 'uploading',
  'web-download': 'queued',
  'copy-image': 'active',
};

/** `openstack image stage` */
export const stageImage: PlainCommand = {
  name: 'image stage',
  upstream: 'openstackclient.image.v2.image.StageImage',
  kind: 'command',
  description: 'Upload the data of an image to where Glance keeps what is to be imported',
  arguments: [
    {
      names: ['--file'],
      metavar: '<file>',
      dest: 'filename',
      help: 'File with the data; without it, standard input',
    },
    { names: ['--progress'], action: 'store_true', help: 'With --file: show how far the upload is' },
    { names: ['image'], metavar: '<image>', help: 'Image whose data it is (name or ID)' },
  ],
  async run(app, args) {
    const client = app.connection.image;
    const { id, status } = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    const data = await openData(app, args);
    if (status !== 'queued')
      throw new CommandError(
        `Image stage is only possible for images in the queued state. Current state is ${status}`,
      );
    if (data !== undefined) showProgress(app, args, data);
    await client.stageImage(id, data);
    await client.getImage(id);
  },
};

const glanceDownload = (name: string, metavar: string, help: string) => ({
  names: [`--${name}`] as const,
  metavar,
  help: `With --method glance-download: ${help}`,
});

/** `openstack image import` */
export const importImage: ShowOneCommand = {
  name: 'image import',
  upstream: 'openstackclient.image.v2.image.ImportImage',
  kind: 'show',
  description: 'Have Glance fetch the data of an image; prints the image as it was before',
  arguments: [
    { names: ['image'], metavar: '<image>', help: 'Image to import (name or ID)' },
    {
      names: ['--method'], metavar: '<method>', default: 'glance-direct', dest: 'import_method', choices: METHODS,
      help: `Where the data come from, where the cloud allows it: ${METHODS.join(', ')}. glance-direct, which is what "image stage" uploaded, unless given`,
    },
    { names: ['--uri'], metavar: '<uri>', help: 'With --method web-download: address to fetch' },
    glanceDownload('remote-image', '<REMOTE_IMAGE>', 'image of the other region (ID)'),
    glanceDownload('remote-region', '<REMOTE_GLANCE_REGION>', 'that region'),
    glanceDownload('remote-service-interface', '<REMOTE_SERVICE_INTERFACE>', 'which URL of its Glance to use'),
    {
      names: ['--store'], metavar: '<STORE>', dest: 'stores', nargs: '*', exclusive: 'stores',
      help: 'Stores to put the data in, one or more; copy-image needs this or --all-stores. Takes every word up to the next option',
    },
    { names: ['--all-stores'], exclusive: 'stores', help: 'Put the data in every store; takes a word, whatever it is' },
    { names: ['--allow-failure'], action: 'store_true', dest: 'allow_failure', default: true, help: 'With several stores: go on when one of them fails' },
    { names: ['--disallow-failure'], action: 'store_true', dest: 'allow_failure', default: true, help: 'Changes nothing in this release' },
    { names: ['--wait'], action: 'store_true', help: 'Changes nothing in this release' },
  ], // prettier-ignore
  async run(app, args) {
    const client = app.connection.image;
    let supported: string[];
    try {
      supported = await client.importMethods();
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
      throw new CommandError('The Image Import feature is not supported by this deployment');
    }
    const method = args.string('import_method') ?? '';
    checkOptions(args, method, supported);

    const image = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    if (!image.container_format && !image.disk_format)
      throw new CommandError(
        "The 'container_format' and 'disk_format' properties must be set on an image before it can be imported",
      );
    const status = STATUS[method];
    if (status !== undefined && image.status !== status)
      throw new CommandError(
        `The '${method}' import method can only be used with an image in status '${status}'`,
      );
    if (!image.container_format || !image.disk_format)
      throw new CommandError('Both container_format and disk_format are required for importing an image');
    try {
      await client.importImage(image.id, methodOf(args, method), optionsOf(args));
    } catch (error) {
      // the SDK does not look at what Glance answers
      if (!(error instanceof HttpException)) throw error;
    }
    return sortedFields(formatImage(image));
  },
};

/** @throws {@link CommandError} for options that do not belong to the method, in the client's order. */
function checkOptions(args: ParsedArgs, method: string, supported: readonly string[]): void {
  if (!supported.includes(method))
    throw new CommandError(
      `The '${method}' import method is not supported by this deployment. Supported: ${supported.join(', ')}`,
    );
  const uri = args.string('uri');
  if (method === 'web-download' && !uri)
    throw new CommandError("The '--uri' option is required when using '--method=web-download'");
  if (method !== 'web-download' && uri)
    throw new CommandError("The '--uri' option is only supported when using '--method=web-download'");
  if (method === 'glance-download') {
    if (!args.string('remote_region') || !args.string('remote_image'))
      throw new CommandError(
        "The '--remote-region' and '--remote-image' options are required when using '--method=web-download'",
      );
  } else {
    for (const option of ['remote-region', 'remote-image', 'remote-service-interface']) {
      if (args.string(option.replaceAll('-', '_')))
        throw new CommandError(
          `The '--${option}' option is only supported when using '--method=glance-download'`,
        );
    }
  }
  if (method === 'copy-image' && args.list('stores').length === 0 && !args.string('all_stores'))
    throw new CommandError(
      "The '--stores' or '--all-stores' options are required when using '--method=copy-image'",
    );
}

/** The SDK leaves out where the other image lies unless all three options are given. */
function methodOf(args: ParsedArgs, name: string): ImportMethod {
  const [region, image, face] = ['remote_region', 'remote_image', 'remote_service_interface'].map((option) =>
    args.string(option),
  );
  const uri = args.string('uri');
  const method = {
    name,
    ...(uri && { uri }),
    ...(region &&
      image &&
      face && { glance_service_interface: face, glance_region: region, glance_image_id: image }),
  };
  return method as ImportMethod; // the service judges it, as it does for the real client
}

function optionsOf(args: ParsedArgs): ImportOptions {
  const stores = args.list('stores');
  const all = args.string('all_stores');
  const options: Record<string, unknown> = {
    ...(all !== undefined && { all_stores: all }), // a text, which Glance does not take: so it is with the real client
    all_stores_must_succeed: !args.flag('allow_failure'),
    ...(stores.length > 0 && { stores }),
  };
  return options as ImportOptions; // the service judges it, as it does for the real client
}

/** `openstack image import info` */
export const importInfo: ShowOneCommand = {
  name: 'image import info',
  upstream: 'openstackclient.image.v2.info.ImportInfo',
  kind: 'show',
  description: 'Show the import methods that the cloud allows',
  arguments: [],
  async run(app) {
    return {
      columns: ['import-methods'],
      values: [new ListColumn(await app.connection.image.importMethods())],
    };
  },
};
