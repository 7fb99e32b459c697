/** Options about the tags of projects: openstackclient/identity/v3/tag.py. */
import type { ProjectQuery } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { compareStrings } from '../../python';

const filter = (name: string, help: string): ArgumentSpec => ({
  names: [`--${name}`],
  metavar: '<tag>[,<tag>,...]',
  type: (text) => text.split(','),
  help: `${help} (separated by commas)`,
});

/** Which projects a list has. */
export const tagFilters: readonly ArgumentSpec[] = [
  filter('tags', 'Projects with all of these tags'),
  filter('tags-any', 'Projects with one of these tags at least'),
  filter('not-tags', 'Projects without all of these tags together'),
  filter('not-tags-any', 'Projects with none of these tags'),
];

export function tagQuery(args: ParsedArgs): ProjectQuery {
  const join = (dest: string): string | undefined => args.list(dest).join(',') || undefined;
  return Object.fromEntries(
    (['tags', 'tags-any', 'not-tags', 'not-tags-any'] as const)
      .map((name) => [name, join(name.replaceAll('-', '_'))])
      .filter(([, value]) => value !== undefined),
  ) as ProjectQuery; // its own keys
}

/** `--tag` of a new project. */
export const newTags: ArgumentSpec = {
  names: ['--tag'],
  action: 'append',
  dest: 'tags',
  metavar: '<tag>',
  default: [],
  help: 'Tag of the new project; repeat it for several',
};

/** `--tag`, `--clear-tags` and `--remove-tag` of a project that is there. */
export const tagChanges: readonly ArgumentSpec[] = [
  { ...newTags, help: 'Tag to add; repeat it for several' },
  {
    names: ['--clear-tags'],
    action: 'store_true',
    help: 'Take all tags away; with --tag, those are the new ones',
  },
  {
    names: ['--remove-tag'],
    action: 'append',
    metavar: '<tag>',
    default: [],
    help: 'Tag to take away; repeat it for several',
  },
];

/** The tags that a project has afterwards; undefined when they stay. */
export function changedTags(args: ParsedArgs, before: readonly string[] | undefined): string[] | undefined {
  const clear = args.flag('clear_tags');
  const add = args.list('tags');
  const remove = args.list('remove_tag');
  if (!clear && add.length === 0 && remove.length === 0) return undefined;
  // who may not look the project up cannot know its tags
  if (!clear && before === undefined) throw new CommandError('tags');
  const kept = clear ? [] : (before ?? []);
  if (remove.length > 0) return sorted(kept.filter((tag) => !remove.includes(tag)));
  return add.length > 0 ? sorted([...kept, ...add]) : [];
}

function sorted(tags: readonly string[]): string[] {
  return [...new Set(tags)].sort(compareStrings);
}
