// Turns an experiment and its labelled texts into parts, tokens and classes. Everything fitted sees the training part alone.
import { createHash } from 'node:crypto';
import type { PartInfo } from '../../contract/runs/run.ts';
import { type LabelTask, mostStepsOf } from '../../contract/tasks/label.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { splitSamples } from '../../data/samples/split-samples.ts';
import { cutSteps } from '../../data/samples/step-tokens.ts';
import { UNKNOWN } from '../../data/samples/vocabulary.ts';
import type { StepRead } from '../../models/step-labeller.ts';
import { shareText } from '../../words/share-text.ts';
import { requireClassMetrics } from '../classify/metrics.ts';
import type { StepValues } from '../sample-reading.ts';
import { PARTS, requireNoPipeline, sampleSplit, textsIn } from '../sample-split.ts';
import { type FittedSteps, fitStepInput, type StepInput } from './step-input.ts';
import { NO_LABEL } from './stretches.ts';

/** Stretches of series come with the part that they lie in. */
const BY_TIME = { kind: 'samples', by: 'given', train: 0.7, validation: 0.15, seed: 1 } as const;

export interface PreparedLabel {
  readonly table: SampleTable;
  /** Of the training part, in order of their names. */
  readonly classes: readonly string[];
  /** Index of the rarer of two classes. */
  readonly positive: number;
  readonly input: StepInput;
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Of a row, at most `task.mostSteps` of each: tokens as numbers, as texts, and their classes (-1: unknown to the training part). */
  encode(row: number): StepValues;
  textsOf(row: number): readonly string[];
  labelsOf(row: number): Int32Array;
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: FittedLabel;
  readonly notes: readonly string[];
}

/** Plain JSON: enough to label with the weights. */
export interface FittedLabel extends FittedSteps {
  readonly version: 1;
  readonly classes: readonly string[];
  readonly positive: number;
}

/** @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`. */
export function prepareLabel(
  experiment: LabelExperiment,
  table: SampleTable,
  dataset: string,
): PreparedLabel {
  const { task } = experiment;
  requireClassMetrics(task.metrics);
  requireNoPipeline(experiment);
  const split = task.window ? BY_TIME : sampleSplit(experiment);
  const noLabel = task.noLabel ?? (task.window ? NO_LABEL : null);
  const inputs = textsIn(table, task.input, 'task.input');
  const targets = textsIn(table, task.target, 'task.target');
  const notes: string[] = [];
  const rows = splitSamples({ split, table, labels: inputs.map(() => ''), note: (text) => notes.push(text) });
  const stepsOf = (texts: readonly string[]) => (row: number) => cutSteps(task.tokens.by, texts[row]!);
  const [textsOf, namesOf] = [stepsOf(inputs), stepsOf(targets)];
  const isAligned = (row: number) => {
    const { length } = textsOf(row);
    return length > 0 && length === namesOf(row).length;
  };
  requireAligned(table, { isAligned, textsOf, namesOf, task });
  const kept = (part: Part) => Int32Array.from(rows[part].filter(isAligned));
  const parts = { train: kept('train'), validation: kept('validation'), test: kept('test') };
  for (const part of PARTS) if (parts[part].length === 0) throw emptyPart(dataset, part);
  const counts = new Map<string, number>();
  for (const row of parts.train)
    for (const name of namesOf(row)) if (name !== noLabel) counts.set(name, (counts.get(name) ?? 0) + 1);
  const classes = [...counts.keys()].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (classes.length < 2) throw oneClass(dataset, task, classes);
  if (classes.length > MOST_CLASSES) throw manyClasses(task, classes.length);
  const numbers = new Map(classes.map((name, index) => [name, index]));
  const input = fitStepInput(
    task,
    [...parts.train].map((row) => inputs[row]!),
  );
  const encode = keeping((row) => input.encode(inputs[row]!));
  const labelsOf = keeping((row) =>
    Int32Array.from(namesOf(row).slice(0, mostStepsOf(task)), (name) => numbers.get(name) ?? -1),
  );
  const [first = 0, second = 0] = classes.map((name) => counts.get(name)!);
  const positive = first < second ? 0 : 1;
  const hasLabel = (row: number, at: number) => namesOf(row)[at] !== noLabel;
  notes.push(...tokenNotes({ encode, labelsOf, hasLabel, read: input.read }, parts.validation));
  return {
    table,
    classes,
    positive,
    input,
    parts,
    encode,
    textsOf: (row) => textsOf(row).slice(0, mostStepsOf(task)),
    labelsOf,
    partInfos: PARTS.map((part) => partInfo(part, rows[part].length, parts[part].length)),
    fingerprint: task.window
      ? fingerprintOfRows(task, parts.test, (row) => [table.groups[row]!, targets[row]!])
      : fingerprintOf(task, parts.test, (row) => [inputs[row]!, targets[row]!]),
    fitted: { version: 1, classes, positive, ...input.fitted },
    notes,
  };
}

const MOST_CLASSES = 1_000;

function keeping<Value>(make: (row: number) => Value): (row: number) => Value {
  const found: Value[] = [];
  return (row) => {
    found[row] ??= make(row);
    return found[row];
  };
}

interface Aligning {
  isAligned(row: number): boolean;
  textsOf(row: number): readonly string[];
  namesOf(row: number): readonly string[];
  readonly task: LabelTask;
}

/** Some texts may have another number of labels; most must not. */
const FEWEST_ALIGNED = 0.5;

function requireAligned(table: SampleTable, { isAligned, textsOf, namesOf, task }: Aligning): void {
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  const other = rows.filter((row) => !isAligned(row));
  const [first] = other;
  if (first === undefined || other.length <= (1 - FEWEST_ALIGNED) * rows.length) return;
  const { by } = task.tokens;
  const message = `Each of the ${by} of ${task.input} needs a label in ${task.target}, but ${countText(other.length)} of ${countText(rows.length)} texts have another number of them (the first: ${textsOf(first).length} ${by}, ${namesOf(first).length} labels); choose other columns, or another task.tokens.by.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.target' } });
}

function partInfo(part: Part, rows: number, kept: number): PartInfo {
  const other = rows - kept;
  return {
    part,
    rows,
    windows: kept,
    fromUs: null,
    toUs: null,
    ...(other > 0 && {
      leftOut: [{ reason: 'with another number of labels than tokens', windows: other }],
    }),
  };
}

interface Noted extends Pick<PreparedLabel, 'encode' | 'labelsOf'> {
  readonly read: StepRead;
  hasLabel(row: number, at: number): boolean;
}

function tokenNotes({ encode, labelsOf, hasLabel, read }: Noted, rows: Int32Array): string[] {
  let all = 0;
  let unknown = 0;
  let strange = 0;
  for (const row of rows) {
    if (read.kind === 'tokens') for (const token of encode(row)) if (token === UNKNOWN) unknown += 1;
    for (const [at, label] of labelsOf(row).entries()) if (label < 0 && hasLabel(row, at)) strange += 1;
    all += labelsOf(row).length;
  }
  const share = (count: number) => shareText(count / all, 2);
  return [
    ...(unknown > 0 ? [`Of the validation part ${share(unknown)} of the tokens are unknown.`] : []),
    ...(strange > 0
      ? [
          `Of the labels of the validation part ${share(strange)} never come in the training part; they are not scored.`,
        ]
      : []),
  ];
}

/** What is scored: the texts of the test part with their labels, and the metrics. */
function fingerprintOf(
  task: LabelTask,
  test: Int32Array,
  pairOf: (row: number) => readonly [string, string],
): string {
  const hash = createHash('sha256');
  const metrics = [...new Set(task.metrics)].sort();
  const { by } = task.tokens;
  hash.update(
    JSON.stringify({
      protocol: 1,
      task: task.kind,
      by,
      mostSteps: task.mostSteps,
      noLabel: task.noLabel,
      metrics,
    }),
  );
  const scored = Array.from(test, (row) => JSON.stringify(pairOf(row))).sort();
  for (const pair of scored) hash.update(`\n${pair}`);
  return hash.digest('hex');
}

/** What is scored: the labels of the rows of the test part, by series, whatever is read of them and in whatever stretches. */
function fingerprintOfRows(
  task: LabelTask,
  test: Int32Array,
  labelsOf: (row: number) => readonly [series: string, labels: string],
): string {
  const hash = createHash('sha256');
  const metrics = [...new Set(task.metrics)].sort();
  hash.update(JSON.stringify({ protocol: 1, task: task.kind, target: task.target, rows: true, metrics }));
  let last: string | null = null;
  for (const [series, labels] of Array.from(test, labelsOf)) {
    hash.update(series === last ? ` ${labels}` : `\n${JSON.stringify(series)} ${labels}`);
    last = series;
  }
  return hash.digest('hex');
}

function emptyPart(dataset: string, part: Part): HindcastError {
  const message = `The ${part} part of "${dataset}" has no text with a label for each token; choose another split, or import more texts.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'split' } });
}

function oneClass(dataset: string, { target }: LabelTask, [only]: readonly string[]): HindcastError {
  const has = only === undefined ? 'no label' : `only the label "${only}"`;
  const message = `The training part of "${dataset}" has ${has} in ${target}: there is nothing to tell apart. Choose another task.target.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.target' } });
}

function manyClasses({ target }: LabelTask, classes: number): HindcastError {
  const message = `${target} has ${countText(classes)} different labels, more than the ${countText(MOST_CLASSES)} that can be told apart; choose another task.target, or the task that translates.`;
  return new HindcastError('invalid-input', message, { details: { field: 'task.target' } });
}
