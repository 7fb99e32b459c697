/** What the image subcommands share: reading an image and its schema, and the fields that options give. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Value } from '../../python';
import type { GlanceClient } from '../http';
import { ImageSchema } from '../schema';
import { createOptions } from './options';

/** An image as Glance sends it. */
export type Image = Record<string, Value>;

/** One image by id. */
export async function getImage(
  client: GlanceClient,
  id: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Image> {
  const image = (await client.get(`/v2/images/${id}`, headers)) as Image; // the API's contract
  await client.model('unvalidated_model');
  return image;
}

/** The schema of images. */
export async function imageSchema(client: GlanceClient): Promise<ImageSchema> {
  return new ImageSchema(await client.get('/v2/schemas/image'));
}

/** The fields and properties that the options give, by the names of the API. */
export function fieldsOf(args: ParsedArgs, schema: ImageSchema): Image {
  const fields: Image = {};
  for (const { names } of createOptions) {
    const name = names[0] === '--hidden' ? 'os_hidden' : names[0].slice(2).replaceAll('-', '_');
    const value = args.get(name);
    if (name !== 'property' && value !== undefined && value !== null && schema.has(name))
      fields[name] = value as Value; // what the converters of createOptions give
  }
  for (const text of args.list('property')) {
    const at = text.indexOf('=');
    if (at < 0) throw new CommandError('not enough values to unpack (expected 2, got 1)');
    fields[text.slice(0, at)] = text.slice(at + 1);
  }
  return fields;
}
