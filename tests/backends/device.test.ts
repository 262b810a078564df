// The words of `doctor`, Settings and a run about the processor.
import { describe, expect, it } from 'vitest';
import { simdDevice } from '../../engine/backends/select.ts';

describe('the simd backend names', () => {
  it.each([
    [{ threads: 8, shared: true, fused: true }, 'Ryzen, up to 8 threads'],
    [{ threads: 1, shared: true, fused: true }, 'Ryzen, 1 thread'],
    [
      { threads: 1, shared: false, fused: true },
      'Ryzen, 1 thread, since this platform shares no memory between threads',
    ],
    [
      { threads: 2, shared: true, fused: false },
      'Ryzen, up to 2 threads; many times slower than others, since it has no fused multiply-add',
    ],
  ])('its threads and what the processor lacks: %o', (kernels, text) => {
    expect(simdDevice('Ryzen', kernels)).toBe(text);
  });
});
