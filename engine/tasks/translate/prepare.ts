// Turns an experiment and its pairs into parts and tokens. The vocabularies see the training part alone.
import { createHash } from 'node:crypto';
import type { PartInfo } from '../../contract/runs/run.ts';
import type { TranslateTask } from '../../contract/tasks/translate.ts';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { splitSamples } from '../../data/samples/split-samples.ts';
import { type TextTokens, UNKNOWN } from '../../data/samples/text-tokens.ts';
import { PAIR_METRICS, type PairMetric } from '../../evaluation/pairs/pair-metrics.ts';
import { shareText } from '../../words/share-text.ts';
import { PARTS, sampleSplit, textsIn } from '../sample-split.ts';
import { createPairCoder, fitPairTokens, type PairCoder } from './pair-coder.ts';

/** A text that is read, with all texts that are right for it. */
export interface Source {
  /** Of its first pair. */
  readonly row: number;
  readonly text: string;
  readonly references: readonly string[];
}

export interface PreparedTranslate {
  readonly table: SampleTable;
  readonly source: PairCoder;
  readonly target: PairCoder;
  /** Rows of the pairs. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Of a row: its tokens and an end sign. */
  sourceOf(row: number): Int32Array;
  /** Of a row: an end sign, its tokens, an end sign. */
  targetOf(row: number): Int32Array;
  /** Texts of a row as they are compared. */
  textsOf(row: number): { readonly source: string; readonly target: string };
  /** Different sources of a part, in order of their first rows. */
  sourcesOf(part: Part): readonly Source[];
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: FittedTranslate;
  readonly notes: readonly string[];
}

/** Plain JSON: enough to translate with the weights. */
export interface FittedTranslate {
  readonly version: 1;
  readonly source: TextTokens;
  readonly target: TextTokens;
}

/** @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`. */
export function prepareTranslate(
  experiment: TranslateExperiment,
  table: SampleTable,
  dataset: string,
): PreparedTranslate {
  const { task } = experiment;
  for (const name of task.metrics) findPairMetric(name);
  const split = sampleSplit(experiment);
  const sources = textsIn(table, task.input, 'task.input');
  const targets = textsIn(table, task.target, 'task.target');
  const notes: string[] = [];
  const rows = splitSamples({
    split,
    table,
    labels: sources.map(() => ''),
    note: (text) => notes.push(text),
  });
  const isPair = (row: number) => sources[row]!.trim() !== '' && targets[row]!.trim() !== '';
  const learned = rows.train.filter(isPair);
  if (learned.length === 0) throw noPair(dataset, task);
  const fitted: FittedTranslate = {
    version: 1,
    source: fitPairTokens(
      task.tokens,
      learned.map((row) => sources[row]!),
    ),
    target: fitPairTokens(
      task.targetTokens,
      learned.map((row) => targets[row]!),
    ),
  };
  const source = createPairCoder(fitted.source);
  const target = createPairCoder(fitted.target);
  const sourceOf = kept((row) => withEnd(source.encode(sources[row]!), source.end));
  const targetOf = kept((row) => framed(target.encode(targets[row]!), target.end));
  const fits = (row: number) =>
    isPair(row) && sourceOf(row).length - 1 <= task.mostSteps && targetOf(row).length - 2 <= task.mostSteps;
  const parts = {
    train: Int32Array.from(rows.train.filter(fits)),
    validation: Int32Array.from(rows.validation.filter(fits)),
    test: Int32Array.from(rows.test.filter(fits)),
  };
  for (const part of PARTS) if (parts[part].length === 0) throw emptyPart(dataset, part, task);
  const textsOf = (row: number) => ({
    source: source.tidy(sources[row]!),
    target: target.tidy(targets[row]!),
  });
  notes.push(...unknownNotes({ sourceOf, targetOf }, parts.validation));
  return {
    table,
    source,
    target,
    parts,
    sourceOf,
    targetOf,
    textsOf,
    sourcesOf: (part) => sourcesIn(parts[part], textsOf),
    partInfos: PARTS.map((part) => partInfo(part, { all: rows[part], kept: parts[part], isPair, task })),
    fingerprint: fingerprintOf(task, parts.test, textsOf),
    fitted,
    notes,
  };
}

function kept<Value>(make: (row: number) => Value): (row: number) => Value {
  const found: Value[] = [];
  return (row) => {
    found[row] ??= make(row);
    return found[row];
  };
}

export function withEnd(tokens: Int32Array, end: number): Int32Array {
  const all = new Int32Array(tokens.length + 1).fill(end);
  all.set(tokens);
  return all;
}

export function framed(tokens: Int32Array, end: number): Int32Array {
  const all = new Int32Array(tokens.length + 2).fill(end);
  all.set(tokens, 1);
  return all;
}

function sourcesIn(rows: Int32Array, textsOf: PreparedTranslate['textsOf']): Source[] {
  const bySource = Map.groupBy(rows, (row) => textsOf(row).source);
  return [...bySource].map(([text, members]) => ({
    row: members[0]!,
    text,
    references: [...new Set(members.map((row) => textsOf(row).target))],
  }));
}

export function findPairMetric(name: string): PairMetric {
  const found = PAIR_METRICS.find((metric) => metric.name === name);
  if (found) return found;
  const names = PAIR_METRICS.map((metric) => metric.name);
  const message = `There is no metric "${name}" of pairs of texts${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}

interface PartRows {
  readonly all: readonly number[];
  readonly kept: Int32Array;
  isPair(row: number): boolean;
  readonly task: TranslateTask;
}

function partInfo(part: Part, { all, kept: rows, isPair, task }: PartRows): PartInfo {
  const halves = all.filter((row) => !isPair(row)).length;
  const long = all.length - halves - rows.length;
  const leftOut = [
    { reason: 'with a side that is empty', windows: halves },
    { reason: `with more than ${task.mostSteps} tokens on a side (task.mostSteps)`, windows: long },
  ].filter(({ windows }) => windows > 0);
  return {
    part,
    rows: all.length,
    windows: rows.length,
    fromUs: null,
    toUs: null,
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function unknownNotes(
  { sourceOf, targetOf }: Pick<PreparedTranslate, 'sourceOf' | 'targetOf'>,
  rows: Int32Array,
): string[] {
  const share = (of: (row: number) => Int32Array) => {
    let all = 0;
    let unknown = 0;
    for (const row of rows)
      for (const token of of(row)) {
        all += 1;
        if (token === UNKNOWN) unknown += 1;
      }
    return unknown / Math.max(1, all);
  };
  const [read, written] = [share(sourceOf), share(targetOf)];
  if (read === 0 && written === 0) return [];
  return [
    `Of the validation part ${shareText(read, 2)} of the tokens that are read and ${shareText(written, 2)} of those that are to be written are unknown.`,
  ];
}

/** What is scored: the pairs of the test part, and the metrics. */
function fingerprintOf(task: TranslateTask, test: Int32Array, textsOf: PreparedTranslate['textsOf']): string {
  const hash = createHash('sha256');
  const metrics = [...new Set(task.metrics)].sort();
  hash.update(JSON.stringify({ protocol: 1, task: task.kind, metrics }));
  const scored = Array.from(test, (row) => JSON.stringify(textsOf(row))).sort();
  for (const pair of scored) hash.update(`\n${pair}`);
  return hash.digest('hex');
}

function noPair(dataset: string, { input, target }: TranslateTask): HindcastError {
  const message = `The training part of "${dataset}" has no pair with a text in both ${input} and ${target}; import more different pairs, or name other columns.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.target' } });
}

function emptyPart(dataset: string, part: Part, { mostSteps }: TranslateTask): HindcastError {
  const message = `The ${part} part of "${dataset}" has no pair of at most ${countText(mostSteps)} tokens; raise task.mostSteps, choose another split, or import more pairs.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.mostSteps' } });
}
