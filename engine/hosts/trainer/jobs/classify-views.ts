// The jobs `classify-result` and `classify-answer`: what screens show of a classifier. The answers of the last part are kept while the
// process lives, since the next question is usually about the same run.
import { createHash } from 'node:crypto';
import type { JobInput } from '../../../contract/processes/jobs/job.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asClassifyTask } from '../../../contract/tasks/classify.ts';
import { ClassifyFrame } from '../../../contract/tasks/classify-frame.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { eventColumn } from '../../../data/samples/import/collect-events.ts';
import { parsed, readEvents } from '../../../data/samples/import/event-lists.ts';
import { readPicture } from '../../../data/samples/import/pictures/picture-file.ts';
import type { PictureState } from '../../../data/samples/pictures/patches.ts';
import { inForm } from '../../../data/samples/pictures/reduce.ts';
import type { NumberRows, SampleValues } from '../../../data/samples/sample-table.ts';
import { typedTokens } from '../../../data/samples/token-lists.ts';
import { bestThreshold } from '../../../evaluation/classes/threshold.ts';
import {
  type PartResult,
  resultOf,
  resultWith,
  type ShownResult,
  samplesIn,
} from '../../../tasks/classify/result.ts';
import { scoredIn } from '../../../tasks/classify/scored-in.ts';
import { sourceTable } from '../../../tasks/classify/source-table.ts';
import { taskOf } from '../../../tasks/task-of.ts';
import { type PredictPartJob, predict, predictPart } from '../predict.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

interface Kept {
  readonly key: string;
  readonly shown: ShownResult;
  readonly result: PartResult;
}

let kept: Kept | undefined;

export const classifyResultJob: Job<Jobs['classify-result']> = {
  async run({ key, verdict, cell, most, threshold, ...job }, { openSource }) {
    if (kept?.key !== key) {
      kept = undefined;
      const task = asClassifyTask(job.experiment.task);
      const frame = ClassifyFrame.decode(await predictPart(job, openSource));
      const table = sourceTable({ ...job.experiment, task }, await readTaskData(job, openSource));
      const { positive } = (job.model.fitted ?? {}) as { readonly positive?: number };
      const decision = { ...(positive !== undefined && { class: positive }), ...frame.header.decision };
      const onValidation =
        frame.header.classes.length === 2
          ? bestThreshold(scoredIn(await validationOf(job, openSource), decision))
          : undefined;
      const shown = { frame, table, input: task.input, metrics: task.metrics, decision, onValidation };
      kept = { key, shown, result: resultOf(shown) };
    }
    const { shown, result } = kept;
    if (threshold === undefined || result.decision === null)
      return { ...result, verdict, samples: samplesIn(shown, cell, most) };
    const moved = { ...shown, decision: { ...shown.decision, threshold } };
    return {
      ...resultWith(shown, result, threshold),
      verdict,
      samples: samplesIn(moved, cell, most),
    };
  },
};

const validationOf = async (job: PredictPartJob, openSource: OpenSource): Promise<ClassifyFrame> =>
  ClassifyFrame.decode(await predictPart({ ...job, part: 'validation' }, openSource));

export const classifyAnswerJob: Job<Jobs['classify-answer']> = {
  async run({ asked, ...job }, { openSource }) {
    const { task } = job.experiment;
    const kind = taskOf(task);
    const [input = ''] = kind.inputs(task);
    const column = askedColumn(asked, input, job.model.fitted);
    const rows = asked.kind === 'texts' ? asked.texts : [''];
    const samples = {
      rows: rows.length,
      names: rows.map((_, index) => `sample ${index + 1}`),
      groups: rows.map(() => ''),
      parts: rows.map(() => '' as const),
      hashes: rows.map((text) => createHash('sha256').update(text).digest('hex')),
      columns: [column],
    };
    const answers = await predict({ ...job, part: 'future', samples }, openSource);
    if (kind.samples) return kind.samples.said(answers);
    throw new HindcastError('conflict', 'A run of this task answers no samples: choose another run.');
  },
};

type Asked = JobInput<Jobs['classify-answer']>['asked'];

/** What the run's input was fitted to: see engine/tasks/classify/inputs. */
interface FittedState {
  readonly kind?: keyof typeof ASKED;
  readonly pictures?: PictureState;
}

function askedColumn(asked: Asked, name: string, fitted: unknown): SampleValues {
  const { input = {} } = (fitted ?? {}) as { readonly input?: FittedState };
  return ASKED[input.kind ?? 'text'](asked, name, input);
}

const MOST_FRAMES = 1_000;

const askedPicture =
  (kind: 'image' | 'frames') =>
  (asked: Asked, name: string, { pictures }: FittedState): SampleValues => {
    if (asked.kind !== 'picture' || !pictures)
      throw new HindcastError('conflict', 'This run reads pictures: give it one instead.');
    const { frames } = readPicture(Buffer.from(asked.file), kind === 'image' ? 1 : MOST_FRAMES);
    const form = { side: pictures.width, channels: pictures.channels };
    return { name, kind, pictures: [inForm(frames, form)] };
  };

type Ask = (asked: Asked, name: string, input: FittedState) => SampleValues;

const ASKED = {
  text: (asked, name) => ({ name, kind: 'text', texts: textsOf(asked, 'texts') }),
  tokens: (asked, name) => ({ name, kind: 'tokens', lists: textsOf(asked, 'lists').map(typedTokens) }),
  sequence: (asked, name) => ({
    name,
    kind: 'sequence',
    sequences: textsOf(asked, 'numbers').map(numbersOf),
  }),
  events: (asked, name) => eventsAsked(name, textsOf(asked, 'events')),
  audio(asked, name) {
    if (asked.kind === 'clip') return { name, kind: 'audio', clips: [asked.clip] };
    throw new HindcastError('conflict', 'This run reads recordings: give it one instead.');
  },
  image: askedPicture('image'),
  frames: askedPicture('frames'),
} satisfies Readonly<Record<string, Ask>>;

function textsOf(asked: Asked, reads: string): readonly string[] {
  if (asked.kind === 'texts') return asked.texts;
  throw new HindcastError(
    'conflict',
    `This run reads ${reads}, and no recordings or pictures: choose another run.`,
  );
}

/** Lists of events in JSON. */
function eventsAsked(name: string, texts: readonly string[]) {
  try {
    const { fields, values } = eventColumn(
      name,
      texts.map((text) => readEvents(parsed(text))),
    );
    return { name, kind: 'events' as const, fields, events: values };
  } catch (cause) {
    const { message } = HindcastError.wrap(cause, 'they cannot be read');
    const text = `The events cannot be read: ${message}; write them as JSON, such as [{"time": 0.5, "key": 60}].`;
    throw new HindcastError('invalid-input', text, { cause });
  }
}

/** A step a line, its channels beside each other; all in one line: a vector, or the steps of one channel, by what the model reads. */
function numbersOf(text: string): NumberRows {
  const lines = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/[\s,;]+/));
  const channels = lines.length > 1 ? lines[0]!.length : 0;
  const values = Float32Array.from(lines.flat(), (word) =>
    word === '?' || word === '' ? Number.NaN : Number(word),
  );
  const bad = lines.flat().find((word) => word !== '?' && word !== '' && Number.isNaN(Number(word)));
  if (bad !== undefined)
    throw new HindcastError(
      'invalid-input',
      `"${bad.slice(0, 40)}" is no number; write numbers between spaces or commas.`,
    );
  return { channels: Math.max(1, channels), values };
}
