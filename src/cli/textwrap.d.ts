declare module 'argparse/lib/textwrap' {
  /** Python's textwrap.fill. */
  export function fill(text: string, options: { width: number }): string;
}
