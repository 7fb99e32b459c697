import { mask, MASKED as MASKED_VALUES } from './mask';
import { unwrapTables } from './unwrap';

/** What {@link comparable} takes away, in words. */
export const MASKED = [...MASKED_VALUES, 'colours', 'widths of tables and where they break lines'];

/**
 * What remains of an output when two clouds' accidents are taken away: ids, times, tokens and addresses are masked,
 * the borders and padding of tables, which are as wide as their longest id or URL, are folded, and their broken lines joined.
 */
export function comparable(output: string): string {
  return (
    // colours, which programs use on a terminal only
    mask(unwrapTables(output.replace(/\x1b\[[\d;]*m/g, '')))
      // progress bars, of which a page shows the last state
      .replace(/[^\n]*\r(?!\n)/g, '')
      .replace(/(<[a-z]+(?:-\d+)?>)\.+/g, '$1')
      .replace(/-{3,}/g, '---')
      .replace(/ {2,}/g, ' ')
  );
}
