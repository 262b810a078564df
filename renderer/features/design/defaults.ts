// What a draft would be with nothing changed but its first choices, and where it differs from that. Pure.

import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { type Experiment, ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import { asComputed, completeExperiment } from '../../../engine/defaults/experiment.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { type Draft, valueAt, withValue } from './draft.ts';
import { BASIC } from './folds.ts';
import { MODEL_FIELDS, OPTIMIZER_FIELDS, SCHEDULE_FIELDS } from './schema-fields.ts';

/** Each has its own fields with their own defaults. */
const KINDS = [
  ['model', MODEL_FIELDS],
  ['training.optimizer', OPTIMIZER_FIELDS],
  ['training.schedule', SCHEDULE_FIELDS],
] as const;

/** Choices of the basic level, and what names a run: no difference there is a changed default. */
const CHOSEN = ['name', 'description', ...BASIC];

/** Each is one choice in the form, however many parts it has. */
const WHOLE = ['pipeline', 'split', 'model.segment'];

/** The model of another kind: as large as the one before, and it reads the past as that did. */
export function modelOfKind(draft: Draft, kind: string, dataset: DatasetSummary | undefined): Draft {
  const fresh = dataset ? valueAt(freshDraft(draft, dataset), 'model') : undefined;
  const has = new Set(MODEL_FIELDS.get(kind)?.map(({ name }) => name));
  const shared = (model: unknown) =>
    Object.fromEntries(
      SHARED.flatMap((field) => {
        const value = valueAt(model, field);
        return value === undefined || !has.has(field) ? [] : [[field, value]];
      }),
    );
  return { kind, units: 32, ...shared(fresh), ...shared(valueAt(draft, 'model')) };
}

const SHARED = ['units', 'segment'];

/** What the data decide by the kind of the model: how samples are read, and the optimizer that suits it. */
const BY_KIND = [
  'task.tokens',
  'task.mostSteps',
  'task.readout',
  'task.augment',
  'task.patches',
  'training.optimizer',
];

/** The draft with a model of another kind; what was usual with the kind before becomes what is usual with this one. */
export function draftOfKind(draft: Draft, kind: string, dataset: DatasetSummary | undefined): Draft {
  const next: Draft = { ...draft, model: modelOfKind(draft, kind, dataset) };
  const own = valueAt(draft, 'model.kind');
  if (!dataset || typeof own !== 'string') return next;
  const [before, after] = [own, kind].map((one) => usualOf(draft, one, dataset));
  return BY_KIND.reduce((result, path) => {
    const [old, usual] = [valueAt(before, path), valueAt(after, path)];
    return sameValue(old, usual) || !sameValue(valueAt(draft, path), old)
      ? result
      : withValue(result, path, usual);
  }, next);
}

const usualOf = ({ name, dataset: choice, task }: Draft, kind: string, dataset: DatasetSummary): Draft =>
  completeExperiment(
    { name, dataset: choice, task: { kind: valueAt(task, 'kind') }, model: { kind } },
    dataset,
  ) as Draft;

const freshDraft = (draft: Draft, dataset: DatasetSummary): Draft =>
  screensOf(valueAt(draft, 'task.kind')).suggest(dataset);

/** The defaults for the choices of the draft; null where they make no experiment. */
function defaultsFor(draft: Draft, dataset: DatasetSummary): Experiment | null {
  let base = freshDraft(draft, dataset);
  const targets = valueAt(draft, 'task.targets');
  if (Array.isArray(targets) && targets.length > 0) {
    const isFromItself = sameValue(valueAt(base, 'task.features'), valueAt(base, 'task.targets'));
    base = withValue(base, 'task.targets', targets);
    if (isFromItself) base = withValue(base, 'task.features', targets);
  }
  for (const [path, kinds] of KINDS) {
    const kind = valueAt(draft, `${path}.kind`);
    if (typeof kind !== 'string' || !kinds.has(kind) || kind === valueAt(base, `${path}.kind`)) continue;
    base = path === 'model' ? draftOfKind(base, kind, dataset) : withValue(base, path, { kind });
  }
  return ExperimentSchema.safeParse(completeExperiment(base, dataset)).data ?? null;
}

const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Paths of the fields that differ from the defaults for this data and these choices. */
export function changedFields(
  draft: Draft,
  complete: Experiment | null,
  dataset: DatasetSummary | undefined,
): string[] {
  if (!complete || !dataset) return [];
  const defaults = defaultsFor(draft, dataset);
  if (!defaults) return [];
  const plain = draftOfKind(freshDraft(draft, dataset), complete.model.kind, dataset);
  const paths = new Set([...leafPaths(asComputed(complete)), ...leafPaths(asComputed(defaults))]);
  const differing = [...paths].filter((path) => {
    if (CHOSEN.some((chosen) => path === chosen || path.startsWith(`${chosen}.`))) return false;
    const usual = path.endsWith('.kind')
      ? (valueAt(plain, path) ?? valueAt(defaults, path))
      : valueAt(asComputed(defaults), path);
    return JSON.stringify(valueAt(asComputed(complete), path)) !== JSON.stringify(usual);
  });
  // Of what is switched off or on the whole counts, not its fields.
  return differing.filter((path) => !differing.some((whole) => path.startsWith(`${whole}.`)));
}

function leafPaths(value: unknown, path = ''): string[] {
  const isLeaf = typeof value !== 'object' || value === null || Array.isArray(value) || WHOLE.includes(path);
  if (isLeaf) return [path];
  return Object.entries(value).flatMap(([key, part]) =>
    leafPaths(part, path === '' ? key : `${path}.${key}`),
  );
}

/** `It sees 36 rows of the past, 12 read as one step, with 64 units; ...`: what will be trained, in a line. */
export function settingsLine(experiment: Experiment): string {
  const { model, training, task } = experiment;
  const lookback = valueAt(task, 'lookback');
  const segment = valueAt(model, 'segment.length');
  const rows =
    typeof lookback === 'number' ? `sees ${formatCount(lookback)} rows of the past` : readLine(task);
  const steps = typeof segment === 'number' ? `, ${segment} read as one step` : '';
  const size = 'units' in model ? `, has ${sizeLine(model)}` : '';
  const { epochs, optimizer } = training;
  const trains =
    valueAt(model, 'fit') === 'ridge'
      ? 'is solved in one step'
      : `trains for at most ${epochs} epochs at a learning rate of ${optimizer.learningRate}`;
  return `The model ${rows}${steps}${size} and ${trains}; ${splitLine(experiment)}.`;
}

/** Of a task that looks at no rows of a series. */
function readLine(task: Experiment['task']): string {
  const [mostSteps, window, given, ahead] = ['mostSteps', 'window', 'given', 'ahead'].map((path) =>
    valueAt(task, path),
  );
  const side = valueAt(task, 'patches.side');
  if (typeof mostSteps === 'number' && valueAt(task, 'targetTokens') !== undefined) {
    const most = `up to ${formatCount(mostSteps)} tokens`;
    return typeof side === 'number'
      ? `reads patches of ${side} x ${side} pixels, writes ${most}`
      : `reads and writes ${most}`;
  }
  if (typeof mostSteps === 'number') return `reads up to ${formatCount(mostSteps)} steps of a sample`;
  if (typeof window === 'number') return `reads ${formatCount(window)} tokens at a time`;
  if (typeof given === 'number' && typeof ahead === 'number')
    return `reads ${plural(given, 'frame')}, says the ${formatCount(ahead)} after ${given === 1 ? 'it' : 'them'}`;
  return 'sees the past';
}

export const sizeLine = (model: Experiment['model']): string =>
  'units' in model ? `${model.units} units` : 'One linear map';

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}\u00a0%`;

const SPLIT_LINES: {
  readonly [Kind in Experiment['split']['kind']]: (
    split: Extract<Experiment['split'], { kind: Kind }>,
    whole: string,
  ) => string;
} = {
  fraction: ({ train, validation }, whole) =>
    `${percent(train)} of ${whole} train, ${percent(validation)} validate, ${percent(1 - train - validation)} test`,
  date: ({ validationFrom, testFrom }) => `validation begins at ${validationFrom}, the test at ${testFrom}`,
  samples: ({ by, train, validation }) =>
    by === 'given'
      ? 'the data say which samples train, validate and test'
      : `${percent(train)} of the samples train, ${percent(validation)} validate, ${percent(1 - train - validation)} test${by === 'group' ? ', whole groups' : ''}`,
  count: ({ train, validation, test }) =>
    `${formatCount(train)} rows train, ${formatCount(validation)} validate, ${test === undefined ? 'all the rest' : formatCount(test)} test`,
};

/** A text that is cut has no rows: its beginning trains. */
export function splitLine({ split, task }: Pick<Experiment, 'split' | 'task'>): string {
  // One entry for each kind: the entry takes its own.
  const lineOf = SPLIT_LINES[split.kind] as (split: Experiment['split'], whole: string) => string;
  return lineOf(split, typeof valueAt(task, 'window') === 'number' ? 'each text' : 'the rows');
}
