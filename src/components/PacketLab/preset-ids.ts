/** The names of the presets, apart from what they are: the page knows them before the lab is there. */
export const PRESET_IDS = ['default', 'ssh', 'group', 'floating', 'stateless', 'ipv6', 'pair'] as const;

export type PresetId = (typeof PRESET_IDS)[number];
