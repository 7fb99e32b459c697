import { isCpio, readKernel } from '../formats/kernel';
import { inOrder, part, type Description, type Subject } from './description';

/** A bare kernel: what `aki` stands for. */
export function describeKernel({ size, head }: Subject): Description | undefined {
  const kernel = readKernel(head);
  if (kernel === undefined) return undefined;
  const { kind, architecture, version } = kernel;
  return {
    format: 'kernel',
    virtualSize: null,
    details: { kind, architecture, ...(version !== undefined ? { version } : {}) },
    layout: inOrder(
      kind === 'bzImage'
        ? [
            part('header', 'boot sector and set-up', 0, (head.u8(0x1f1) + 1) * 512),
            part('data', 'kernel', (head.u8(0x1f1) + 1) * 512, size),
          ]
        : [part('data', 'kernel', 0, size)],
      size,
    ),
    unsafe: [],
  };
}

/** An initial RAM disk that is not packed: what `ari` stands for. */
export function describeInitrd({ size, head }: Subject): Description | undefined {
  if (!isCpio(head)) return undefined;
  const first = head.text(110, Math.min(Number.parseInt(head.text(94, 8), 16) || 0, 256));
  return {
    format: 'initrd',
    virtualSize: null,
    details: { archive: 'cpio', firstFile: first, microcode: first.startsWith('kernel') },
    layout: inOrder([part('data', 'files', 0, size)], size),
    unsafe: [],
  };
}
