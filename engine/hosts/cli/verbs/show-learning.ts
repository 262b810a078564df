// `hindcast show RUN --learning`: what a run wrote, or which frames it said, after its epochs; with --out as files.
import type { FramesLearned } from '../../../contract/results/video.ts';
import type { RunDetail } from '../../../contract/runs/run.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { meanOf } from '../../../evaluation/frames/compare-frames.ts';
import { guardRecord } from '../../../export/csv-guard.ts';
import { field, number } from '../../../export/csv-text.ts';
import { type LearnedWindow, learnedWindows, pictureOfWindow } from '../../../export/learned-frames.ts';
import { taskOf } from '../../../tasks/task-of.ts';
import { shownEpochs } from '../../../words/shown-epochs.ts';
import type { EngineClient, Outcome } from '../context.ts';
import { type NamedBytes, refuseExisting, writeNewFolder } from '../files.ts';
import { counted, formatScore } from '../text/format.ts';
import { renderTable, type TableStyle } from '../text/table.ts';

export interface LearningView {
  readonly run: RunReference;
  /** A folder. */
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
}

interface Learned {
  /** Without run and files. */
  readonly json: object;
  readonly text: string;
  readonly files: readonly NamedBytes[];
  /** What the files hold, where their names do not say it. */
  readonly about?: string;
}

export async function showLearning(
  client: EngineClient,
  { run: reference, out, force = false }: LearningView,
  style: TableStyle,
): Promise<Outcome> {
  if (out !== undefined) await refuseExisting(out, 'folder', force);
  const run = await client.runs.get({ run: reference });
  const { keeps } = taskOf(run.configuration.task);
  const learned =
    keeps === 'frames'
      ? await framesOf(client, run, style)
      : keeps === 'texts'
        ? await textsOf(client, run)
        : null;
  if (learned === null) throw nothingKept(run, keeps);
  const { json, text, files, about = '' } = learned;
  if (out === undefined) return { json: { run: run.id, ...json }, text };
  await writeNewFolder(out, files, force);
  const names = files.map(({ name }) => name);
  return {
    json: { run: run.id, ...json, folder: out, files: names },
    text: `${text}\n\nWrote ${names.join(', ')} to ${out}.${about}`,
  };
}

function nothingKept({ id, name, epoch }: RunDetail, keeps: 'texts' | 'frames' | undefined): HindcastError {
  const run = `Run ${id} "${name}"`;
  const message =
    keeps === undefined
      ? `${run} keeps no texts or frames of its epochs: only runs that write texts or say frames do; \`hindcast show ${id} --metrics\` has its epochs.`
      : epoch === 0
        ? `${run} has no ${keeps} yet, since they come after its first epoch; ask again then.`
        : `${run} kept no ${keeps} while it trained: it is of an older Hindcast; a new run keeps them.`;
  return new HindcastError('conflict', message, { details: { run: id } });
}

async function textsOf(client: EngineClient, { id, epoch }: RunDetail): Promise<Learned | null> {
  const texts = await client.generation.texts({ run: id });
  if (texts.length === 0) return null;
  const prompts = [...new Set(texts.map(({ prompt }) => prompt))];
  const shown = shownEpochs([...new Set(texts.map((one) => one.epoch))]);
  const blocks = prompts.map((prompt) => {
    const own = texts.filter((one) => one.prompt === prompt);
    const [right = null] = own.map(({ reference }) => reference);
    return [
      prompt === '' ? 'From nothing' : indented(prompt, ''),
      ...(right === null ? [] : [lineOf('right', right)]),
      ...own.filter((one) => shown.includes(one.epoch)).map((one) => lineOf(`epoch ${one.epoch}`, one.text)),
    ].join('\n');
  });
  const all = new Set(texts.map((one) => one.epoch)).size;
  const head = `What was written after each epoch for ${counted(prompts.length, 'prompt')}${fewer(shown.length, all)}.`;
  const lines = texts.map((one) =>
    [String(one.epoch), field(one.prompt), field(one.text), field(one.reference ?? '')].join(','),
  );
  return {
    json: { epoch, texts },
    text: [head, ...blocks].join('\n\n'),
    files: [csvFile('texts.csv', ['epoch,prompt,text,reference', ...lines])],
  };
}

const NAME_WIDTH = 12;
const lineOf = (name: string, text: string): string =>
  indented(
    text.trim() === '' ? '(nothing)' : text,
    `  ${name.padEnd(NAME_WIDTH)}`,
    ' '.repeat(2 + NAME_WIDTH),
  );

/** Line breaks of a text stay, below where it begins. */
const indented = (text: string, first: string, later = ''): string =>
  first + text.trimEnd().split(/\r?\n/).join(`\n${later}`);

const fewer = (shown: number, all: number): string =>
  shown === all ? '' : ` (${shown} of ${all} epochs; --out and --json have all)`;

async function framesOf(client: EngineClient, { id }: RunDetail, style: TableStyle): Promise<Learned | null> {
  const found = await client.video.learned({ run: id });
  if (found === null) return null;
  const { form } = found;
  const windows = learnedWindows(await bytesOf(found));
  const epochs = found.epochs.map(({ epoch }) => epoch);
  const shown = shownEpochs(epochs);
  const { width, height, steps } = form;
  const named = windows.map((window, index) => ({ window, file: fileOf(window, index) }));
  const head = `Frames of the validation part, forecast after each epoch${fewer(shown.length, epochs.length)}: means over ${stepsText(steps)}, then PSNR of each step in dB. The last frame that is read, shown again, is what a model has to beat.`;
  const blocks = windows.map(
    (window) =>
      `${window.name}, read from frame ${window.from + 1}\n${renderTable(
        [
          { header: 'EPOCH', right: true },
          ...['MSE', 'PSNR', 'SSIM', ...steps.map((step) => `${step} AHEAD`)].map((header) => ({
            header,
            right: true,
          })),
        ],
        window.lines
          .filter(({ epoch }) => epoch === null || shown.includes(epoch))
          .map(({ epoch, figures }) => {
            const { mse, psnr, ssim } = meanOf(figures);
            return [
              epoch === null ? 'last frame' : String(epoch),
              formatScore(mse),
              psnr.toFixed(2),
              ssim.toFixed(4),
              ...figures.map((one) => one.psnr.toFixed(1)),
            ];
          }),
        style,
      )}`,
  );
  return {
    json: {
      width,
      height,
      windows: windows.map(({ name, from, lines }) => ({
        name,
        from: from + 1,
        lines: lines.map(({ epoch, figures }) => ({
          epoch,
          frames: figures.map((one, at) => ({ ahead: steps[at], ...one })),
        })),
      })),
    },
    text: [head, ...blocks].join('\n\n'),
    about:
      ' In a picture, from the top: the true frames, the last one that is read, and those of each epoch; a column is a step ahead.',
    files: [
      ...named.map(({ window, file }) => ({ name: file, bytes: pictureOfWindow(window, form) })),
      csvFile('frames.csv', [
        'file,row,name,from,epoch,step,mse,psnr,ssim',
        ...named.flatMap(({ window, file }) => frameLines(window, file, steps)),
      ]),
    ],
  };
}

/** A line for each frame; `row` is its line of frames in the picture, from 1, below the true ones. */
const frameLines = ({ name, from, lines }: LearnedWindow, file: string, steps: readonly number[]): string[] =>
  lines.flatMap(({ epoch, figures }, line) =>
    figures.map(({ mse, psnr, ssim }, at) =>
      [
        field(file),
        String(line + 2),
        field(name),
        String(from + 1),
        epoch === null ? '' : String(epoch),
        String(steps[at]),
        number(mse),
        number(psnr),
        number(ssim),
      ].join(','),
    ),
  );

async function bytesOf({ form, truth, epochs }: FramesLearned) {
  const bytes = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
  return {
    form,
    truth: await bytes(truth),
    epochs: await Promise.all(
      epochs.map(async ({ epoch, psnr, said }) => ({ epoch, psnr, said: await bytes(said) })),
    ),
  };
}

/** `1 frame ahead`, `1, 4 and 7 frames ahead` */
function stepsText(steps: readonly number[]): string {
  const list = steps.length === 1 ? String(steps[0]) : `${steps.slice(0, -1).join(', ')} and ${steps.at(-1)}`;
  return `${list} ${list === '1' ? 'frame' : 'frames'} ahead`;
}

const LONGEST_NAME = 60;

/** `1-clip-a.png`: a name that every file system takes. */
function fileOf({ name }: LearnedWindow, index: number): string {
  const plain = name
    .replace(/\.[a-z\d]{1,4}$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '');
  return `${[index + 1, plain].filter((part) => part !== '').join('-')}.png`;
}

const csvFile = (name: string, lines: readonly string[]): NamedBytes => ({
  name,
  bytes: new TextEncoder().encode(`${lines.map(guardRecord).join('\n')}\n`),
});
