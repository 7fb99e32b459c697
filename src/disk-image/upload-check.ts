import { ALL_FORMATS, ImageFormatError, type FileInspector, type FormatInspector } from './format-inspector';

/** What Glance says at the end of an upload: the size of the disk inside, or why it does not take the data (a 415). */
export type UploadVerdict = { accepted: true; virtualSize: number } | { accepted: false; reason: string };

/** The checks that Glance only logs: the default of `[image_format]gpt_safety_checks_nonfatal`. */
const NONFATAL_FOR_GPT = ['mbr'];

/**
 * Can data be what they are declared to be? Modelled on `set_data` of `glance/location.py`, for `container_format` bare;
 * inside another container Glance does not look.
 */
export function checkUpload(wrapper: FormatInspector, diskFormat: string): UploadVerdict {
  try {
    const inspector = wrapper.format;
    const virtualSize = sizeIfAccepted(inspector, diskFormat);
    const findings = inspector.safetyCheck();
    const fatal =
      inspector.name === 'gpt' ? findings.filter(({ check }) => !NONFATAL_FOR_GPT.includes(check)) : findings;
    return fatal.length > 0
      ? { accepted: false, reason: 'Image failed safety checks' }
      : { accepted: true, virtualSize };
  } catch (error) {
    if (error instanceof ImageFormatError) return { accepted: false, reason: error.message };
    throw error;
  }
}

function sizeIfAccepted(inspector: FileInspector, diskFormat: string): number {
  if (inspector.name === diskFormat) return inspector.virtualSize;
  // things like AMI cannot be recognized
  if (inspector.name === 'raw' && !Object.hasOwn(ALL_FORMATS, diskFormat)) return 0;
  // what is declared raw is let in whatever it is
  if (diskFormat === 'raw') return inspector.actualSize;
  throw new ImageFormatError(`Image disk_format ${diskFormat} does not match stream data ${inspector.name}`);
}
