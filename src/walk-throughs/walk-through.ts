/**
 * A walk-through of the dashboard, told once: `npm run real-cloud -- photograph` clicks through it in a real Horizon and
 * takes its pictures, and the page shows the steps with them.
 */
export interface WalkThrough {
  /** As in `dashboard=NAME` of the block whose tab it is; its pictures' names begin with it. */
  name: string;
  /** Where it begins, such as `/project/images`. */
  start: string;
  scenes: readonly Scene[];
}

/** What one picture shows, and the steps that a reader takes there. */
export interface Scene {
  picture: Picture;
  steps: readonly Step[];
}

export interface Picture {
  /** The end of its file's name. */
  name: string;
  /** Says what to do there, to those who do not see it. */
  alt: string;
  /** What is photographed, or several such; all that the window shows if nothing is said. */
  of?: Target;
  /** What has to be there before anything is done. */
  when: Target;
}

/** A Playwright selector, such as `#imageForm-name`: what a reader finds with her eyes. */
export type Target = string;

/**
 * Numbered in the page, from the first scene to the last, and framed in the picture.
 * What is filled in is there when the picture is taken; what is clicked is clicked after it.
 */
export type Step = {
  /** In the reader's words; `**bold**` and `` `code` `` are known. */
  says: string;
  /** What is framed, if that is more or something else than what is used. */
  frame?: Target;
} & Act;

export type Act =
  | { click: Target }
  /** Changes what the picture shows. */
  | { set: Target }
  | { type: string; into: Target }
  /** The entry of a list, by what stands in it, or by how that begins. */
  | { choose: string; from: Target }
  /** A file of the home folder. */
  | { attach: string; to: Target }
  /** Nothing is done. */
  | { look: Target };

/** What a step works on. */
export function targetOf(step: Step): Target {
  if ('click' in step) return step.click;
  if ('set' in step) return step.set;
  if ('type' in step) return step.into;
  if ('choose' in step) return step.from;
  return 'attach' in step ? step.to : step.look;
}

/** What is beside the menu, and a list in it that hangs down open, which may reach below it. */
export const CONTENT = '#content_body > .container-fluid, #content_body .open > .dropdown-menu:visible';
/** The dialog that is open. */
export const DIALOG = '.modal-content';

/** A button by what stands on it; icons beside it do not count. */
export function button(name: string): Target {
  return `role=button[name=/^\\W*${name}\\W*$/]`;
}

/** A row of a table, by what stands in one of its cells. */
export function row(name: string): Target {
  return `tbody tr:not(.detail-row):has(:text-is("${name}"))`;
}

/** A field with its label, by that label. */
export function field(label: string): Target {
  return `.form-group:not(:has(.form-group)):has(label:has-text("${label}"))`;
}

/** A field with its label, by what is filled in there. */
export function fieldOf(input: Target): Target {
  return `.form-group:not(:has(.form-group)):has(${input})`;
}

/** What `npm run real-cloud -- photograph` measures, in a file beside the walk-through. */
export interface Photographed {
  /** Horizon's version. */
  horizon: string;
  pictures: readonly PhotographedPicture[];
}

export interface PhotographedPicture {
  /** Path below `static/`, without its ending: there are a `.webp` and a `.png`. */
  file: string;
  /** In CSS pixels: half as many as it has. */
  width: number;
  height: number;
  /** Of each step of its scene: left, top, width and height in per cent of the picture. */
  boxes: readonly (readonly [number, number, number, number])[];
  /** First digits of the SHA-256 of each file. */
  sha256: { webp: string; png: string };
}
