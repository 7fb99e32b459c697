/** What an OVF envelope says about its disks (DMTF DSP0243). */
export interface OvfEnvelope {
  name: string | undefined;
  operatingSystem: string | undefined;
  disks: OvfDisk[];
}

export interface OvfDisk {
  /** File beside the envelope. */
  href: string | undefined;
  /** Bytes of the disk; `null` if the envelope does not say. */
  capacity: number | null;
  /** A URL that names the format. */
  format: string | undefined;
}

const MAX_DISKS = 64;

export function isOvf(text: string): boolean {
  return (
    /^\uFEFF?\s*<(\?xml|!--|([\w.-]+:)?Envelope[\s>])/.test(text) && /<([\w.-]+:)?Envelope[\s>]/.test(text)
  );
}

/** Reads what matters here, with no XML reader: whatever the text holds, it cannot make this slow. */
export function readOvf(text: string): OvfEnvelope {
  const files = new Map(
    elements(text, 'File').map((element) => [attribute(element, 'id'), attribute(element, 'href')]),
  );
  const disks = elements(text, 'Disk')
    .slice(0, MAX_DISKS)
    .map((element) => ({
      href: files.get(attribute(element, 'fileRef')),
      capacity: capacity(attribute(element, 'capacity'), attribute(element, 'capacityAllocationUnits')),
      format: attribute(element, 'format'),
    }));
  const name = /<(?:[\w.-]+:)?Name>([^<]{1,256})</.exec(text)?.[1]?.trim();
  const system =
    /<(?:[\w.-]+:)?OperatingSystemSection[\s>][\s\S]{0,2000}?<(?:[\w.-]+:)?Description>([^<]{1,256})</;
  return { name, operatingSystem: system.exec(text)?.[1]?.trim(), disks };
}

function elements(text: string, name: string): string[] {
  return text.match(new RegExp(`<(?:[\\w.-]{1,32}:)?${name}\\s[^<>]{0,2000}>`, 'g')) ?? [];
}

function attribute(element: string, name: string): string | undefined {
  return new RegExp(`\\s(?:[\\w.-]{1,32}:)?${name}\\s*=\\s*["']([^"'<]*)["']`).exec(element)?.[1];
}

/** Bytes, in units such as `byte * 2^30`. */
function capacity(value: string | undefined, units: string | undefined): number | null {
  if (value === undefined || !/^\d{1,18}$/.test(value)) return null;
  const power = /2\s*\^\s*(\d{1,2})/.exec(units ?? '')?.[1];
  const bytes = Number(value) * 2 ** Number(power ?? 0);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
