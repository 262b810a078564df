// Turns an experiment and its samples into classes, parts and a fitted input. Everything fitted sees the training part alone.
import { createHash } from 'node:crypto';
import type { PartInfo } from '../../contract/runs/run.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import { nameList } from '../../data/pipeline/did-you-mean.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable, SampleValues } from '../../data/samples/sample-table.ts';
import { knownParts, requireOneLength, splitTable } from '../per-sample/split-parts.ts';
import { columnOf, PARTS, sampleSplit } from '../sample-split.ts';
import type { FittedInput } from './inputs/input-kind.ts';
import { fitInput, restoreInput } from './inputs/registry.ts';
import { requireClassMetrics } from './metrics.ts';

/** Windows come with the part that their answer lies in. */
const BY_TIME = { kind: 'samples', by: 'given', train: 0.7, validation: 0.15, seed: 1 } as const;

export interface PreparedClassify {
  readonly table: SampleTable;
  readonly input: FittedInput;
  /** Of the training part, in order of their names. */
  readonly classes: readonly string[];
  /** Index of the rarer of two classes. */
  readonly positive: number;
  /** [rows] index of the class; -1 where the training part lacks it. */
  readonly labels: Int32Array;
  /** Rows with a known class. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: unknown;
  readonly notes: readonly string[];
  readonly facts: readonly string[];
}

/**
 * @param fittedInput what the input learned of the same data before: recordings are heard again only where they are looked at, and there are no notes
 * @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`.
 */
export function prepareClassify(
  experiment: ClassifyExperiment,
  table: SampleTable,
  dataset: string,
  fittedInput?: unknown,
): PreparedClassify {
  const { task, pipeline } = experiment;
  requireClassMetrics(task.metrics);
  const split = sampleSplit({ split: task.window ? BY_TIME : experiment.split, pipeline });
  const column = columnOf(table, task.input);
  const truths = labelsOf(columnOf(table, task.label), task.label);
  const withNear = fittedInput === undefined;
  const { rows, notes } = splitTable({ split, table, column, strata: truths, withNear });
  const counts = new Map<string, number>();
  for (const row of rows.train)
    if (truths[row] !== '') counts.set(truths[row]!, (counts.get(truths[row]!) ?? 0) + 1);
  const classes = [...counts.keys()].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (classes.length < 2) throw oneClass(dataset, task.label, classes);
  const numbers = new Map(classes.map((name, index) => [name, index]));
  const labels = Int32Array.from(truths, (truth) => numbers.get(truth) ?? -1);
  const parts = knownParts(rows, {
    dataset,
    isKnown: (row) => labels[row]! >= 0,
    missing: 'no sample of a known class',
  });
  notes.push(...classNotes({ counts, parts, labels, classes, truths, rows }));
  const {
    input,
    notes: ofInput,
    facts,
  } = fittedInput === undefined
    ? fitInput(column, task, [...parts.train])
    : { input: restoreInput(fittedInput, column, task), notes: [], facts: [] };
  notes.push(...ofInput);
  if (task.readout === 'flatten') requireOneLength(input, table.rows);
  const [first = 0, second = 0] = classes.map((name) => counts.get(name)!);
  return {
    table,
    input,
    classes,
    positive: first < second ? 0 : 1,
    labels,
    parts,
    partInfos: PARTS.map((part) => partInfo(part, rows[part], truths, numbers)),
    fingerprint: fingerprintOf(experiment, table, truths, parts.test),
    fitted: { version: 1, classes, positive: first < second ? 0 : 1, input: input.state },
    notes,
    facts,
  };
}

/** Empty where there is none. */
function labelsOf(column: SampleValues, name: string): string[] {
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? '');
  const message = `task.label is "${name}", a column of the kind "${column.kind}"; choose a column of words that repeat, or of several labels the task that says all of them.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.label' } });
}

function partInfo(
  part: Part,
  rows: readonly number[],
  truths: readonly string[],
  classes: ReadonlyMap<string, number>,
): PartInfo {
  const unknown = rows.filter((row) => !classes.has(truths[row]!));
  const reasons = [...Map.groupBy(unknown, (row) => truths[row]!)].map(([name, members]) => ({
    reason: name === '' ? 'without a label' : `of the class "${name}", which the training part lacks`,
    windows: members.length,
  }));
  return {
    part,
    rows: rows.length,
    windows: rows.length - unknown.length,
    fromUs: null,
    toUs: null,
    ...(reasons.length > 0 && { leftOut: reasons }),
  };
}

const FEW = 10;

interface Counted {
  /** Training samples of each class. */
  readonly counts: ReadonlyMap<string, number>;
  readonly parts: PreparedClassify['parts'];
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  readonly truths: readonly string[];
  readonly rows: Readonly<Record<Part, readonly number[]>>;
}

function classNotes({ counts, parts, labels, classes, truths, rows }: Counted): string[] {
  const few = [...counts].filter(([, count]) => count < FEW).map(([name]) => name);
  const scored = new Set(Array.from(parts.test, (row) => labels[row]!));
  const unscored = classes.filter((_, index) => !scored.has(index));
  const missing = PARTS.flatMap((part) => rows[part].filter((row) => truths[row] !== '' && labels[row]! < 0));
  const lacked = [...new Set(missing.map((row) => truths[row]!))];
  return [
    ...(lacked.length > 0
      ? [
          `The training part lacks ${nameList(lacked)}: ${countText(missing.length)} ${missing.length === 1 ? 'sample of it is' : 'such samples are'} neither learned nor scored.`,
        ]
      : []),
    ...(few.length > 0
      ? [`Fewer than ${FEW} training samples each: ${nameList(few)}; what is learned of them is chance.`]
      : []),
    ...(unscored.length > 0
      ? [
          `No test sample of ${nameList([...unscored])}: no score says how well ${unscored.length === 1 ? 'it is' : 'they are'} recognised.`,
        ]
      : []),
  ];
}

/** What is scored: the inputs of the test part with their classes, and the metrics. Input side and split settings are not covered. */
function fingerprintOf(
  { task }: ClassifyExperiment,
  table: SampleTable,
  truths: readonly string[],
  test: Int32Array,
): string {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify({
      protocol: 2,
      task: task.kind,
      label: task.label,
      metrics: [...new Set(task.metrics)].sort(),
    }),
  );
  const scored = Array.from(test, (row) => `${table.hashes[row]} ${truths[row]}`).sort();
  for (const line of scored) hash.update(`${line}\n`);
  return hash.digest('hex');
}

function oneClass(dataset: string, label: string, [only]: readonly string[]): HindcastError {
  const has = only === undefined ? 'no label' : `only the ${label} "${only}"`;
  const message = `The training part of "${dataset}" has ${has}: there is nothing to tell apart. Import samples of two classes or more, or choose another task.label.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.label' } });
}
