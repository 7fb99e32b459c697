import { expect, test } from 'vitest';
import { createSandbox, restoreSandbox } from './sandbox';

test('what is stored of a sandbox leaves untouched samples out, and they are there again', async () => {
  const sandbox = await createSandbox({ samples: 'formats' });
  await sandbox.run('rm formats/flat.vmdk; echo mine > formats/esxi.vmdk');
  const state = await sandbox.snapshot();
  expect(JSON.stringify(state.shell).length).toBeLessThan(10_000);
  const restored = await restoreSandbox(state, { samples: 'formats' });
  const { terminal } = await restored.run(
    'cat formats/esxi.vmdk; ls formats/flat.vmdk; head -c 8 formats/hyperv.vhdx',
  );
  expect(terminal).toBe('mine\nls: formats/flat.vmdk: No such file or directory\nvhdxfile');
});

test('samples that there are not are said', async () => {
  await expect(createSandbox({ samples: 'nope' })).rejects.toThrow(
    'There are no samples "nope". Choose one of: formats.',
  );
});
