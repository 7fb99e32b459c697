/** Progress bars of both clients: openstackclient/common/progressbar.py, glanceclient/common/progressbar.py. */

const WIDTH = 30;

/**
 * What a bar writes while `size` bytes go by in pieces of `chunk` bytes: each piece draws the bar anew on the same
 * line. Nothing without data.
 */
export function progressBar(size: number, chunk: number): string {
  if (size === 0) return '';
  let text = '';
  let share = 0;
  for (let sent = 0; sent < size; sent += chunk) {
    share += Math.min(chunk, size - sent) / size;
    const bar = `${'='.repeat(round(share * (WIDTH - 1)))}>`;
    text += `\r[${bar.padEnd(WIDTH)}] ${round(share * 100)}%`;
  }
  return `${text}\n`;
}

/** To the nearest whole number; what lies in the middle goes to the even one, as in Python. */
function round(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return rest < 0.5 ? floor : floor + 1;
}
