// `hindcast show RUN --learning`: what a run kept of its epochs, as text, JSON and files.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineClient } from '../../../engine/hosts/cli/context.ts';
import { showLearning } from '../../../engine/hosts/cli/verbs/show-learning.ts';
import { cannedRun } from './canned.ts';
import { cli } from './harness.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-learning-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FORM = {
  width: 2,
  height: 2,
  channels: 1,
  steps: [1, 3],
  windows: [{ name: '=clips/a b.gif', from: 4 }],
};
const FRAMES = {
  form: { ...FORM, copyPsnr: [[10, 8]] },
  truth: new Blob([new Uint8Array(12).fill(50)]),
  epochs: [1, 2].map((epoch) => ({ epoch, psnr: [[20, 15 + epoch]], said: new Blob([new Uint8Array(8)]) })),
};
const TEXTS = [1, 2].flatMap((epoch) =>
  ['hond', 'kat'].map((prompt) => ({
    epoch,
    step: 10 * epoch,
    prompt,
    text: prompt === 'kat' ? '' : `d,\n${'o'.repeat(epoch)}`,
    reference: prompt === 'kat' ? null : 'dog',
  })),
);

interface Canned {
  readonly kind: string;
  readonly epoch?: number;
  readonly frames?: typeof FRAMES | null;
  readonly texts?: typeof TEXTS;
}

/** A client of one run of a kind of task. */
function clientOf({ kind, epoch = 2, frames = FRAMES, texts = TEXTS }: Canned): EngineClient {
  const run = cannedRun({ epoch });
  const configuration = { ...run.configuration, task: { kind } };
  return {
    runs: { get: async () => ({ ...run, configuration }) },
    video: { learned: async () => frames },
    generation: { texts: async () => texts },
  } as unknown as EngineClient;
}

const shown = (canned: Canned, view: { readonly out?: string; readonly force?: boolean } = {}) =>
  showLearning(clientOf(canned), { run: 3 as never, ...view }, {});

test('frames have their figures after each epoch, and go to pictures and a table', async () => {
  const out = join(folder, 'learning');
  const { text, json } = await shown({ kind: 'video' }, { out });
  expect(text).toContain('=clips/a b.gif, read from frame 5\n');
  const [head, last, first] = text.split('\n').slice(3);
  expect(head).toMatch(/^ +EPOCH +MSE +PSNR +SSIM +1 AHEAD +3 AHEAD$/);
  expect(last).toMatch(/^last frame +0\.1292 +9\.00 .* 10\.0 +8\.0$/);
  expect(first).toMatch(/^ +1 +0\.01756 +18\.00 .* 20\.0 +16\.0$/);
  const names = ['1-clips-a-b.png', 'frames.csv'];
  expect(json).toMatchObject({ run: 3, width: 2, files: names, windows: [{ from: 5 }] });
  expect(text).toContain(`Wrote ${names.join(', ')} to ${out}. In a picture, from the top: the true frames`);
  expect(readdirSync(out).toSorted()).toEqual(names);
  const [header, line] = readFileSync(join(out, 'frames.csv'), 'utf8').split('\n');
  expect(header).toBe('file,row,name,from,epoch,step,mse,psnr,ssim');
  // No spreadsheet runs the name.
  expect(line).toMatch(/^1-clips-a-b\.png,2,'=clips\/a b\.gif,5,,1,0\.(1|09999)\d*,10,/);
  await expect(shown({ kind: 'video' }, { out })).rejects.toThrow('is not empty');
  await shown({ kind: 'video' }, { out, force: true });
});

test('texts stand below their prompts, beside what is right', async () => {
  const { text, json } = await shown({ kind: 'translate' }, { out: join(folder, 'texts') });
  expect(text).toContain(
    [
      'hond',
      '  right       dog',
      '  epoch 1     d,',
      '              o',
      '  epoch 2     d,',
      '              oo',
      '',
      'kat',
      '  epoch 1     (nothing)',
    ].join('\n'),
  );
  expect(json).toMatchObject({ run: 3, texts: TEXTS });
  expect(readFileSync(join(folder, 'texts', 'texts.csv'), 'utf8')).toBe(
    'epoch,prompt,text,reference\n1,hond,"d,\no",dog\n1,kat,,\n2,hond,"d,\noo",dog\n2,kat,,\n',
  );
});

test('what keeps nothing, nothing yet, or nothing then, says so, and writes nothing', async () => {
  const out = join(folder, 'none');
  await expect(shown({ kind: 'label' }, { out })).rejects.toThrow(
    'Run 3 "demo" keeps no texts or frames of its epochs: only runs that write texts or say frames do;',
  );
  await expect(shown({ kind: 'generate', texts: [], epoch: 0 }, { out })).rejects.toThrow(
    'Run 3 "demo" has no texts yet, since they come after its first epoch; ask again then.',
  );
  await expect(shown({ kind: 'video', frames: null }, { out })).rejects.toThrow(
    'Run 3 "demo" kept no frames while it trained: it is of an older Hindcast; a new run keeps them.',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('its options are refused where they would be ignored', async () => {
  const { code, err } = await cli(['show', '3', '--out', 'x']);
  expect({ code, err: err.split('\n')[0] }).toEqual({ code: 2, err: 'hindcast: --out needs --learning.' });
  expect((await cli(['show', '3', '--learning', '--log'])).code).toBe(2);
});
