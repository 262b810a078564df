// Training values without gaps, for estimates that need every row: straight lines between known neighbours, the nearest known value
// before the first and behind the last one.

/** `otherwise`: every value, where none is known. */
export function bridge(values: Float64Array, otherwise: number): Float64Array {
  const out = values.slice();
  let before = -1;
  for (let row = 0; row < out.length; row += 1) {
    if (Number.isNaN(values[row])) continue;
    for (let gap = before + 1; gap < row; gap += 1) {
      const share = before < 0 ? 1 : (gap - before) / (row - before);
      const from = before < 0 ? values[row]! : values[before]!;
      out[gap] = from + (values[row]! - from) * share;
    }
    before = row;
  }
  return before < 0 ? out.fill(otherwise) : out.fill(values[before]!, before + 1);
}
