import type { Program } from '../../cli/program';

/** Says what the shell gave it, fails on `fail`, and prints bytes on `bytes`. */
export const fakeProgram: Program = async ({
  args,
  env,
  stdin,
  stdoutIsTerminal,
  files,
  fetch,
  now,
  sleep,
}) => {
  const [what = '', file = ''] = args;
  switch (what) {
    case 'fail':
      return { stdout: 'out\n', stderr: 'err\n', exitCode: 1 };
    case 'bytes':
      return { stdout: Uint8Array.from({ length: 256 }, (_, i) => i), stderr: '', exitCode: 0 };
    case 'size':
      return { stdout: `${(await files.open(file)).size}\n`, stderr: '', exitCode: 0 };
    case 'fetch':
      return {
        stdout: `${(await fetch(new Request('https://openstack.example/'))).status}\n`,
        stderr: '',
        exitCode: 0,
      };
    case 'now':
      await sleep(Number(file));
      return { stdout: `${now().toISOString()}\n`, stderr: '', exitCode: 0 };
    case 'stdin': {
      const bytes = stdin && new Uint8Array(await stdin.arrayBuffer());
      return {
        stdout: `${bytes === undefined ? 'terminal' : `[${bytes.join(' ')}]`}\n`,
        stderr: '',
        exitCode: 0,
      };
    }
    case 'stdout':
      return { stdout: stdoutIsTerminal ? 'terminal\n' : 'no terminal\n', stderr: '', exitCode: 0 };
    case 'cloud':
      return { stdout: `${env['OS_CLOUD'] ?? 'none'}\n`, stderr: '', exitCode: 0 };
    default:
      return { stdout: `${args.join(' ')}\n`, stderr: '', exitCode: 0 };
  }
};
