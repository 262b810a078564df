// The processor's name as `doctor`, Settings and a run show it.
import { describe, expect, it } from 'vitest';
import { simdDevice } from '../../engine/backends/select.ts';

describe('the simd backend names', () => {
  it.each([
    [{ threads: 8, shared: true, wide: true, fused: true }, 'Ryzen, 256-bit vectors, up to 8 threads'],
    [{ threads: 1, shared: true, wide: false, fused: true }, 'Ryzen, 128-bit vectors, 1 thread'],
    [
      { threads: 1, shared: false, wide: true, fused: true },
      'Ryzen, 256-bit vectors, 1 thread, since this platform shares no memory between threads',
    ],
    [
      { threads: 2, shared: true, wide: false, fused: false },
      'Ryzen, 128-bit vectors, up to 2 threads; many times slower than others, since it has no fused multiply-add',
    ],
  ])('its vectors, threads and what the processor lacks: %o', (kernels, text) => {
    expect(simdDevice('Ryzen', kernels)).toBe(text);
  });
});
