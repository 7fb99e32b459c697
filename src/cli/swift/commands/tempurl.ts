/** `swift tempurl`: `st_tempurl` of swiftclient/shell.py and `generate_temp_url` of swiftclient/utils.py. */
import { tempUrlSignature, type TempUrlDigest } from '../../../client';
import { parseTimestamp } from '../bytes';
import { usageError, type SwiftCommand } from '../command';

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];

export const tempurl: SwiftCommand = {
  name: 'tempurl',
  summary: 'Makes a temporary URL.',
  usage: `[--absolute] [--prefix-based] [--iso8601]
                     <method> <time> <path> <key>`,
  help: `
Makes a temporary URL: who has it needs no token. Nothing is sent.

Positional arguments:
  <method>              What it is good for, such as GET or PUT.
  <time>                How long: a number of seconds, or a number with the
                        unit s, m, h or d. Or until when: YYYY-MM-DD or
                        YYYY-MM-DDThh:mm:ss, with Z behind it in UTC.
                        With --absolute, a number counts from 1970.
  <path>                The object's path or URL:
                        /v1/AUTH_account/c/o
                        http://saio:8080/v1/AUTH_account/c/o
  <key>                 The secret that the account or the container knows:
                        swift post -m "Temp-URL-Key:<key>"

Optional arguments:
  --absolute            Seconds since 1970 instead of seconds from now.
  --prefix-based        A URL for all objects whose paths begin so.
  --iso8601             With the time in words.
  --ip-range            Only for this address, or this range of them.
  --digest              How to sign: sha1, sha256 or sha512. Default: sha256.`.trim(),
  arguments: [
    { names: ['--absolute'], action: 'store_true', dest: 'absolute_expiry', default: false },
    { names: ['--prefix-based'], action: 'store_true', default: false },
    { names: ['--iso8601'], action: 'store_true', default: false },
    { names: ['--ip-range'] },
    { names: ['--digest'], choices: ['sha1', 'sha256', 'sha512'], default: 'sha256' },
  ],
  async run(run, args, words) {
    const { out, program } = run;
    const [method, time, where, key] = words;
    if (method === undefined || time === undefined || where === undefined || key === undefined)
      return usageError(run, tempurl);
    const url = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)([^?#]*)/i.exec(where);
    const path = url ? (url[2] ?? '') : (where.split(/[?#]/)[0] ?? '');
    if (!METHODS.includes(method.toUpperCase()))
      out.print(
        `WARNING: Non default HTTP method ${method.toUpperCase()} for tempurl specified, possibly an error`,
      );
    const at = parseTimestamp(time, args.flag('absolute_expiry'));
    if (at === undefined)
      return out.error('time must either be a whole number or in specific ISO 8601 format.');
    const info = path === '/info';
    const prefix = args.flag('prefix_based') && !info;
    const parts = path.split('/');
    const rest = parts.slice(4).join('/');
    const needed = [parts[1], parts[2], parts[3], ...(prefix ? [] : [rest])];
    if (!info && (parts.length < 5 || parts[0] !== '' || needed.some((part) => !part))) {
      return out.error(
        prefix ? 'path must at least contain /v1/a/c/' : 'path must be full path to an object e.g. /v1/a/c/o',
      );
    }
    const ipRange = (!info && args.string('ip_range')) || undefined;
    const expires = at.absolute ? at.seconds : Math.floor(program.now().getTime() / 1000 + at.seconds);
    const signature = tempUrlSignature({
      method,
      path,
      key,
      expires,
      digest: args.string('digest') as TempUrlDigest, // one of the choices
      prefix,
      ...(ipRange !== undefined && { ipRange }),
    });
    const shown = args.flag('iso8601')
      ? new Date(expires * 1000).toISOString().replace('.000', '')
      : String(expires);
    const name = info ? 'swiftinfo' : 'temp_url';
    const query = `${name}_sig=${signature}&${name}_expires=${shown}`;
    const more = `${ipRange === undefined ? '' : `&temp_url_ip_range=${ipRange}`}${prefix ? `&temp_url_prefix=${rest}` : ''}`;
    out.print(`${url?.[1] ?? ''}${path}?${query}${more}`);
  },
};
