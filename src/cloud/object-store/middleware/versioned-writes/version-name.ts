import { inverted, normal, parseTime } from '../../common/timestamp';

/** The name of a version: users cannot name it, and the newest comes first. */
export function versionName(object: string, time: number): string {
  return `\0${object}\0${normal(inverted(time))}`;
}

/** The object's name and the version's time. */
export function splitVersion(name: string): { object: string; time: number | undefined } {
  const [, object, text = ''] = /^\0([^\0]*)\0([^\0]*)$/.exec(name) ?? [];
  const time = parseTime(text);
  return object === undefined || time === undefined
    ? { object: name, time: undefined }
    : { object, time: inverted(time) };
}

/** The hidden container that keeps a container's versions. */
export function versionsContainer(container: string): string {
  return `\0versions\0${container}`;
}
