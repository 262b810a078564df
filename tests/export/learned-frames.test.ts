// Frames that a run kept of its epochs, for a terminal: figures beside the true frames, and a picture of them.
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { compareFrames } from '../../engine/evaluation/frames/compare-frames.ts';
import { learnedWindows, pictureOfWindow } from '../../engine/export/learned-frames.ts';

const FORM = {
  width: 3,
  height: 2,
  channels: 1,
  steps: [1, 4],
  windows: [
    { name: 'a.gif', from: 0 },
    { name: 'b.gif', from: 2 },
  ],
};
const SIZE = FORM.width * FORM.height;
const frame = (value: number) => Uint8Array.from({ length: SIZE }, (_, at) => value + at);
const joined = (...values: number[]) => Uint8Array.from(values.flatMap((value) => [...frame(value)]));
const psnr = (truth: number, said: number) => compareFrames(frame(truth), frame(said), FORM).psnr;

/** The last frame, then the true ones, of each window. */
const LEARNED = {
  form: {
    ...FORM,
    copyPsnr: [
      [psnr(20, 10), psnr(30, 10)],
      [psnr(120, 110), psnr(130, 110)],
    ],
  },
  truth: joined(10, 20, 30, 110, 120, 130),
  epochs: [
    {
      epoch: 2,
      psnr: [
        [psnr(20, 25), psnr(30, 30)],
        [psnr(120, 121), psnr(130, 90)],
      ],
      said: joined(25, 30, 121, 90),
    },
  ],
};

test('each window has its last frame and its epochs, with their figures', () => {
  const windows = learnedWindows(LEARNED);
  expect(windows.map(({ name, from }) => [name, from])).toEqual([
    ['a.gif', 0],
    ['b.gif', 2],
  ]);
  const [, second] = windows;
  expect(second!.truth.map(([first]) => first)).toEqual([120, 130]);
  expect(second!.lines.map(({ epoch, frames }) => [epoch, ...frames.map(([first]) => first)])).toEqual([
    [null, 110, 110],
    [2, 121, 90],
  ]);
  const said = [
    [120, 121],
    [130, 90],
  ] as const;
  for (const [at, [truth, one]] of said.entries()) {
    const { mse, psnr: closeness, ssim } = compareFrames(frame(truth), frame(one), FORM);
    const found = second!.lines[1]!.figures[at]!;
    expect(found).toMatchObject({ psnr: closeness, ssim });
    expect(found.mse).toBeCloseTo(mse, 12);
  }
  // Equal frames.
  expect(windows[0]!.lines[1]!.figures[1]).toMatchObject({ mse: 0, psnr: 100 });
});

test('the picture has a line for the true frames, the last one, and each epoch, large enough to be seen', () => {
  const { form } = LEARNED;
  const window = learnedWindows(LEARNED)[1]!;
  const png = PNG.sync.read(Buffer.from(pictureOfWindow(window, form)));
  const [scale, gap] = [32, 4];
  expect([png.width, png.height]).toEqual([2 * (3 * scale + gap) + gap, 3 * (2 * scale + gap) + gap]);
  const lines = [
    [120, 130],
    [110, 110],
    [121, 90],
  ];
  for (const [line, values] of lines.entries())
    for (const [column, value] of values.entries()) {
      const left = gap + column * (3 * scale + gap);
      const top = gap + line * (2 * scale + gap);
      // The last pixel of the frame, and the gap behind it.
      const at = 4 * ((top + 2 * scale - 1) * png.width + left + 3 * scale - 1);
      expect([...png.data.subarray(at, at + 4)]).toEqual([value + 5, value + 5, value + 5, 255]);
      expect([...png.data.subarray(at + 4, at + 8)]).toEqual([170, 170, 170, 255]);
    }
});

test('colours stay', () => {
  const form = { ...FORM, width: 1, height: 1, channels: 3, steps: [1], windows: [{ name: 'c', from: 0 }] };
  const [window] = learnedWindows({
    form: { ...form, copyPsnr: [[20]] },
    truth: Uint8Array.of(9, 9, 9, 1, 2, 3),
    epochs: [],
  });
  const png = PNG.sync.read(Buffer.from(pictureOfWindow(window!, { ...form, copyPsnr: [[20]] })));
  const at = 4 * (4 * png.width + 4);
  expect([...png.data.subarray(at, at + 4)]).toEqual([1, 2, 3, 255]);
});
