import type { Subcommand } from './command';
import * as namespaces from './v2/md-namespaces';
import * as objects from './v2/md-objects';
import * as properties from './v2/md-properties';
import * as resourceTypes from './v2/md-resource-types';
import * as tags from './v2/md-tags';

/** Subcommands for Glance's metadata definitions. */
export const mdSubcommands: readonly Subcommand[] = [namespaces, objects, properties, resourceTypes, tags]
  .flatMap((module): Subcommand[] => Object.values(module))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
