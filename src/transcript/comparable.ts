import { mask, MASKED as MASKED_VALUES } from './mask';

/** What {@link comparable} takes away, in words. */
export const MASKED = [...MASKED_VALUES, 'colours', 'widths of tables'];

/**
 * What remains of an output when two clouds' accidents are taken away: ids, times, tokens and addresses are masked,
 * and the borders and padding of tables, which are as wide as their longest id or URL, are folded.
 */
export function comparable(output: string): string {
  return (
    mask(output)
      // colours, which programs use on a terminal only
      .replace(/\x1b\[[\d;]*m/g, '')
      // progress bars, of which a page shows the last state
      .replace(/[^\n]*\r(?!\n)/g, '')
      .replace(/(<[a-z]+(?:-\d+)?>)\.+/g, '$1')
      .replace(/-{3,}/g, '---')
      .replace(/ {2,}/g, ' ')
  );
}
