import type { Bytes } from './bytes';

/** The header of a LUKS container; of version 2 only the binary part. */
export interface LuksHeader {
  version: number;
  cipher: string;
  cipherMode: string;
  hash: string;
  uuid: string;
  /** Bytes before the encrypted disk; 0 if only the JSON area of version 2 says. */
  payloadOffset: number;
  label: string;
}

export function readLuksHeader(file: Bytes): LuksHeader | undefined {
  if (!file.is(0, [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe])) return undefined;
  const version = file.u16(6);
  if (version !== 1)
    return {
      version,
      cipher: '',
      cipherMode: '',
      hash: file.text(72, 32),
      uuid: file.text(168, 40),
      payloadOffset: 0,
      label: file.utf8(24, 48),
    };
  return {
    version,
    cipher: file.text(8, 32),
    cipherMode: file.text(40, 32),
    hash: file.text(72, 32),
    uuid: file.text(168, 40),
    payloadOffset: file.u32(104) * 512,
    label: '',
  };
}
