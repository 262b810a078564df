// Sines and cosines that encode positions (Vaswani et al. 2017, section 3.5), in float64 and rounded once.
import { bytes } from './lanes';

/** target[t][2 i] = sin(t / base^(2 i / columns)), target[t][2 i + 1] = cos(the same). */
export function sinePositions(time: i32, columns: i32, base: f64, target: usize): void {
  for (let j = 0; j < columns; j++) {
    const rate = Math.pow(base, -(<f64>(j & ~1)) / <f64>columns);
    for (let t = 0; t < time; t++) {
      const angle = <f64>t * rate;
      store<f32>(target + bytes(t * columns + j), <f32>((j & 1) == 0 ? Math.sin(angle) : Math.cos(angle)));
    }
  }
}
