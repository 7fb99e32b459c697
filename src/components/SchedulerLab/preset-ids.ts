/** The names of the presets, apart from what they are: the page knows them before the lab is there. */
export const PRESET_IDS = [
  'none',
  'fits',
  'arm',
  'invalid',
  'version',
  'tuple',
  'trait',
  'isolation',
  'reserve',
  'nowhere',
] as const;

export type PresetId = (typeof PRESET_IDS)[number];
