import type { Command } from '../command';
import * as namespaces from './metadef-namespaces';
import * as objects from './metadef-objects';
import * as properties from './metadef-properties';
import * as resourceTypes from './metadef-resource-types';

/** Commands for Glance's metadata definitions. */
export const metadefCommands: readonly Command[] = [namespaces, objects, properties, resourceTypes]
  .flatMap((module): Command[] => Object.values(module))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
