/** A number that Python has as `float`: it keeps its point where a whole number has none. */
export class Float extends Number {
  override toString(): string {
    const text = super.toString();
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
}
