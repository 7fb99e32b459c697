/** image-create-via-import of glanceclient/v2/shell.py. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Glance, Subcommand } from '../command';
import { printImage } from '../print';
import { create, requireFormats } from './create';
import { dataFile, sendData, validateBackend } from './data';
import {
  checkSupported,
  chosenStores,
  importMethods,
  remoteOptions,
  sendImport,
  storeOptions,
  uri,
} from './imports';
import { createOptions, file, progress } from './options';
import { fieldsOf, getImage, imageSchema } from './record';

/** `glance image-create-via-import` */
export const imageCreateViaImport: Subcommand = {
  name: 'image-create-via-import',
  upstream: 'glanceclient.v2.shell.do_image_create_via_import',
  description:
    'EXPERIMENTAL: Make an image and import its data. Without --import-method, data from --file or standard input are imported with glance-direct, and without data there is nothing but the record.',
  arguments: [
    ...createOptions,
    file,
    progress,
    {
      names: ['--import-method'],
      metavar: '<METHOD>',
      env: 'OS_IMAGE_IMPORT_METHOD',
      help: 'Where the data come from; import-info lists what there is (OS_IMAGE_IMPORT_METHOD)',
    },
    uri,
    ...remoteOptions('<GLANCE_REGION>'),
    ...storeOptions,
  ],
  async run(glance, args) {
    await requireFormats(glance, args);
    const schema = await imageSchema(glance.client);
    const fields = fieldsOf(args, schema);
    const path = args.string('file');
    const stdin = glance.context.stdin !== undefined;
    const method = args.string('import_method') ?? (path || stdin ? 'glance-direct' : undefined);
    if (method === 'copy-image')
      throw new CommandError("Import method 'copy-image' cannot be used while creating the image.");
    const methods = await importMethods(glance);
    if (method) checkSupported(method, methods);
    const stores = await chosenStores(glance, args);
    for (const one of stores) await validateBackend(glance, one);
    await checkSource(glance, args, method);

    let image = await create(glance, schema, fields);
    try {
      const id = String(image.id);
      if (method) {
        if ((await dataFile(glance, args)) !== undefined)
          await sendData(glance, args, `/v2/images/${id}/stage`);
        await sendImport(glance, args, id, stores, method);
      }
      image = await getImage(glance.client, id);
    } finally {
      glance.output.write(printImage(image)); // also when the import failed: the record is there
    }
  },
};

/** @throws {@link CommandError} unless there is just what the method needs. */
async function checkSource({ context }: Glance, args: ParsedArgs, method: string | undefined): Promise<void> {
  const address = args.string('uri');
  const path = args.string('file');
  const stdin = context.stdin !== undefined;
  const where = ['store', 'stores', 'all-stores'].find((name) =>
    name === 'all-stores' ? args.flag('os_all_stores') : args.string(name),
  );
  const refuse = (when: unknown, words: string): void => {
    if (when) throw new CommandError(words);
  };
  switch (method) {
    case undefined:
      refuse(address, 'You cannot use --uri without specifying an import method.');
      break;
    case 'glance-direct':
      refuse(
        where !== undefined && !path && !stdin,
        `--${where ?? ''} option should only be provided with --file option or stdin for the glance-direct import method.`,
      );
      refuse(address, 'You cannot specify a --uri with the glance-direct import method.');
      refuse(
        path !== undefined && (await context.files.stat(path)) === undefined,
        `File ${path ?? ''} does not exist or user does not have read privileges to it.`,
      );
      refuse(
        path !== undefined && stdin,
        'You cannot use both --file and stdin with the glance-direct import method.',
      );
      refuse(
        !path && !stdin,
        'You must specify a --file or provide data via stdin for the glance-direct import method.',
      );
      break;
    case 'web-download':
      refuse(
        where !== undefined && !address,
        `--${where ?? ''} option should only be provided with --uri option for the web-download import method.`,
      );
      refuse(!address, "URI is required for web-download import method. Please use '--uri <uri>'.");
      refuse(path, 'You cannot specify a --file with the web-download import method.');
      refuse(stdin, 'You cannot pass data via stdin with the web-download import method.');
      break;
    case 'glance-download':
      refuse(
        !args.string('remote_region') || !args.string('remote_image_id'),
        'REMOTE GlANCE REGION and REMOTE IMAGE ID are required for glance-download import method. Please use --remote-region <region> and --remote-image-id <remote-image-id>.',
      );
      refuse(address, 'You cannot specify a --uri with the glance-download import method.');
      refuse(path, 'You cannot specify a --file with the glance-download import method.');
      refuse(stdin, 'You cannot pass data via stdin with the glance-download import method.');
  }
}
