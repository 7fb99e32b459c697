/** Node's `path`, as far as argparse calls it. */
export function basename(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '');
}
