// The k-th smallest value without sorting all of them: Floyd and Rivest's SELECT (Communications of the ACM 18, 1975, algorithm 489).

/**
 * Puts the value of rank `k` at position `k`; those before it are not larger, those after it not smaller.
 * @param values [n] without NaN; its part from `left` to `right` (inclusive) is reordered
 */
export function select(values: Float64Array, k: number, left = 0, right = values.length - 1): number {
  while (right > left) {
    if (right - left > 600) {
      // A sample around k bounds where the value of that rank can be, so that two passes are enough nearly always.
      const n = right - left + 1;
      const rank = k - left + 1;
      const size = 4 * Math.sqrt(n);
      // Two standard deviations of the rank in the sample; the paper's sqrt(ln n) / 2 is about that.
      const spread = 2 * Math.sqrt((size * (n - size)) / n) * Math.sign(rank - n / 2);
      const from = Math.max(left, Math.floor(k - (rank * size) / n + spread));
      const to = Math.min(right, Math.floor(k + ((n - rank) * size) / n + spread));
      select(values, k, from, to);
    }
    const pivot = values[k]!;
    let low = left;
    let high = right;
    swap(values, left, k);
    if (values[right]! > pivot) swap(values, left, right);
    while (low < high) {
      swap(values, low, high);
      low++;
      high--;
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
    }
    if (values[left] === pivot) swap(values, left, high);
    else {
      high++;
      swap(values, high, right);
    }
    if (high <= k) left = high + 1;
    if (k <= high) right = high - 1;
  }
  return values[k]!;
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one]!;
  values[one] = values[other]!;
  values[other] = kept;
}
