// A draft of an experiment: the plain JSON that is sent, with values that may still be wrong. Pure.
import type { DatasetSummary } from '../../../engine/contract/dataset.ts';

export type Draft = Readonly<Record<string, unknown>>;

/** `task.horizon`, `pipeline.0.method`. */
export function valueAt(draft: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      draft,
    );
}

/** A draft with that value at that path; undefined takes the key away, so that the default counts again. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.');
  const next = rest.length === 0 ? value : withValue((draft[key] ?? {}) as Draft, rest.join('.'), value);
  if (Array.isArray(draft))
    return draft.map((item, place) => (String(place) === key ? next : item)) as unknown as Draft;
  const { [key]: _old, ...others } = draft;
  if (next === undefined) return others;
  // In the place where it was: the JSON beside the form does not jump about.
  return key in draft ? { ...draft, [key]: next } : { ...others, [key]: next };
}

/** Rows of the past and of the future that suit a frequency. */
const LENGTHS: readonly { readonly word: string; readonly lookback: number; readonly horizon: number }[] = [
  { word: 'minute', lookback: 120, horizon: 30 },
  { word: 'hour', lookback: 96, horizon: 24 },
  { word: 'day', lookback: 30, horizon: 7 },
  { word: 'week', lookback: 52, horizon: 8 },
  { word: 'month', lookback: 36, horizon: 12 },
];

/** A first experiment on that dataset: forecasts its best-known kind of column from its numeric ones. */
export function suggestDraft(dataset: DatasetSummary): Draft {
  const numeric = dataset.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const target =
    numeric.find((name) => /^(close|price|value|temp_max|load|y)$/i.test(name)) ?? numeric[0] ?? '';
  const { lookback, horizon } = LENGTHS.find(({ word }) => dataset.frequency?.includes(word)) ?? {
    lookback: 48,
    horizon: 12,
  };
  return {
    name: `${dataset.name} ${target}`.trim(),
    dataset: { name: dataset.name },
    task: { kind: 'forecast', targets: [target], features: [target], lookback, horizon },
    split: { kind: 'fraction', train: 0.7, validation: 0.15 },
    pipeline: suggestPipeline(dataset),
    model: { kind: 'lstm', units: 32, layers: 1 },
    training: {
      epochs: 20,
      batchSize: 32,
      optimizer: { kind: 'adam', learningRate: 0.001 },
      clipNorm: 1,
      earlyStopping: { patience: 5 },
    },
    seed: 1,
  };
}

/** A model that must forecast levels does worse than the last value on most series: it is given changes from the last row. */
function suggestPipeline({ columns }: DatasetSummary): Draft[] {
  const hasCategories = columns.some(({ kind }) => kind === 'category');
  return [
    { step: 'fill', method: 'forward' },
    ...(hasCategories ? [{ step: 'one-hot' }] : []),
    { step: 'standardize', scope: 'series' },
    { step: 'subtract-last' },
  ];
}

/** These steps and one more: at the end, but before subtract-last, behind which nothing may stand. */
export function withStep(steps: readonly Draft[], added: Draft): Draft[] {
  const end = steps.at(-1)?.step === 'subtract-last' && added.step !== 'subtract-last' ? -1 : steps.length;
  return steps.toSpliced(end, 0, added);
}

/** A copy to change: without the version that the run was pinned to. */
export function draftFromRun(configuration: object, name: string): Draft {
  const { dataset, ...rest } = configuration as { dataset?: { version?: number } };
  const { version: _pinned, ...newest } = dataset ?? {};
  return { ...rest, name, dataset: newest };
}
