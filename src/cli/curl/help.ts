/** `curl --help` and `curl --version`. */
import { OPTIONS } from './options';
import { VERSION } from './request';

export const VERSION_TEXT = `curl ${VERSION} (the sandbox's own)\nProtocols: http https\n`;

/** The options of this curl, as `curl --help all` sets them out. */
export function help(): string {
  const lines = OPTIONS.map(({ long, short, takes, help }) => {
    const names = `${short === undefined ? '    ' : ` -${short},`} --${long}${takes === undefined ? '' : ` ${takes}`}`;
    return `${names.padEnd(32)}  ${help}\n`;
  });
  return `Usage: curl [options...] <url>\n${lines.join('')}`;
}
