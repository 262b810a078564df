// Copies a block of up to four axes from one layout to another: slices, parts of a concatenation, repetitions, transposes.
import { bytes } from './lanes';

/** target[i0 t0 + i1 t1 + i2 t2 + i3 t3] = source[i0 s0 + i1 s1 + i2 s2 + i3 s3] for all i below n; values of 32 bits. */
export function moveBlock(
  n0: i32, n1: i32, n2: i32, n3: i32, s0: i32, s1: i32, s2: i32, s3: i32, t0: i32, t1: i32, t2: i32, t3: i32, source: usize, target: usize,
): void {
  const isRun = s3 == 1 && t3 == 1;
  for (let i0 = 0; i0 < n0; i0++) {
    for (let i1 = 0; i1 < n1; i1++) {
      let from = source + bytes(i0 * s0 + i1 * s1), to = target + bytes(i0 * t0 + i1 * t1);
      for (let i2 = 0; i2 < n2; i2++) {
        if (isRun) memory.copy(to, from, bytes(n3));
        else moveLine(n3, from, bytes(s3), to, bytes(t3));
        from += bytes(s2); to += bytes(t2);
      }
    }
  }
}

function moveLine(count: i32, from: usize, fromStep: usize, to: usize, toStep: usize): void {
  for (let i = 0; i < count; i++) {
    store<i32>(to, load<i32>(from));
    from += fromStep; to += toStep;
  }
}
