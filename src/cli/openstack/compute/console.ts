/** Commands of openstackclient/compute/v2/console.py. */
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { PlainCommand, ShowOneCommand } from '../command';
import { compute } from './client';
import { num, server } from './options';
import { shown } from './sdk';

const upstream = 'openstackclient.compute.v2.console';

/** `openstack console log show` */
export const showConsoleLog: PlainCommand = {
  name: 'console log show',
  upstream: `${upstream}.ShowConsoleLog`,
  kind: 'command',
  description: 'Show what a server wrote to its console',
  arguments: [
    server('Server whose log to show (name or ID)'),
    num('lines', 'So many lines from the end (default: all)', 'num-lines', { action: 'non_negative' }),
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const output = await client.serverConsoleOutput(id, args.number('lines'));
    // the real client stumbles over no output at all
    if (output === null || output === undefined)
      throw new CommandError('write() argument must be str, not None');
    app.output.write(output === '' || output.endsWith('\n') ? output : `${output}\n`);
  },
};

const kind = (name: string, type: string, help: string): ArgumentSpec => ({
  names: [`--${name}`],
  action: 'store_const',
  const: type,
  dest: 'url_type',
  ...(name === 'novnc' && { default: 'novnc' }),
  exclusive: 'type',
  help,
});

/** `openstack console url show` */
export const showConsoleUrl: ShowOneCommand = {
  name: 'console url show',
  upstream: `${upstream}.ShowConsoleURL`,
  kind: 'show',
  description: 'Show a URL under which a browser shows the screen of a server',
  arguments: [
    server('Server whose screen to show (name or ID)'),
    kind('novnc', 'novnc', 'With noVNC (default)'),
    kind('xvpvnc', 'xvpvnc', 'With XVP VNC'),
    kind('spice', 'spice-html5', 'With SPICE'),
    kind('rdp', 'rdp-html5', 'With RDP'),
    kind('serial', 'serial', 'The serial console'),
    kind('mks', 'webmks', 'With WebMKS'),
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const { protocol, type, url } = await client.createRemoteConsole(id, args.string('url_type') ?? 'novnc');
    return shown({ protocol, type, url }, []);
  },
};
