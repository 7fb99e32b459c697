import type { TestProject } from 'vitest/node';
import { buildFolder } from './pages';
import { serveSite } from './server';

/** Serves the built site while the tests run. */
export default async function setup(project: TestProject) {
  const site = await serveSite(buildFolder);
  project.provide('siteUrl', site.url);
  return () => site.close();
}

declare module 'vitest' {
  export interface ProvidedContext {
    siteUrl: string;
  }
}
