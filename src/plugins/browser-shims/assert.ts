/** Node's `assert`, as far as argparse calls it. */
export default function assert(value: unknown, message = 'assertion failed'): asserts value {
  if (!value) throw new Error(message);
}
