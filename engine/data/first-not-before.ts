// Binary search in ascending times.

/** Index of the first time that is not before `time`; the length if all are before it. `times`: [rows], ascending. */
export function firstNotBefore<Time extends number | bigint>(times: ArrayLike<Time>, time: Time): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
