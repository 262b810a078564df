// Figures of frames equal scikit-image's; frames smaller than the window of SSIM get a smaller one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareFrames, type FrameForm } from '../../../engine/evaluation/frames/compare-frames.ts';

interface Case {
  readonly form: FrameForm;
  readonly truth: readonly number[];
  readonly said: readonly number[];
  readonly mse: number;
  readonly psnr: number;
  readonly ssim: number;
}

const CASES = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/frames/frames.json'), 'utf8'),
) as Case[];

test.each(CASES)('a frame of $form.width x $form.height in $form.channels colours', (one) => {
  const found = compareFrames(Uint8Array.from(one.truth), Uint8Array.from(one.said), one.form);
  expect(Math.abs(found.mse - one.mse)).toBeLessThan(1e-12);
  expect(Math.abs(found.psnr - one.psnr)).toBeLessThan(1e-9);
  expect(Math.abs(found.ssim - one.ssim)).toBeLessThan(1e-9);
});

test('equal frames, also of few pixels', () => {
  const form = { width: 2, height: 5, channels: 1 };
  const frame = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const { mse, psnr, ssim } = compareFrames(frame, frame, form);
  expect([mse, psnr]).toEqual([0, 100]);
  expect(ssim).toBeCloseTo(1, 12);
});
