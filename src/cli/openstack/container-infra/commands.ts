import type { Command } from '../command';
import {
  createTemplate,
  deleteTemplate,
  listTemplate,
  showTemplate,
  updateTemplate,
} from './cluster-template';

/** Cluster templates alone: what makes clusters is not in this sandbox. */
export const containerInfraCommands: readonly Command[] = [
  createTemplate,
  deleteTemplate,
  listTemplate,
  showTemplate,
  updateTemplate,
];
