// Turns an experiment and its samples into parts, a fitted input and a fitted outcome. Everything fitted sees the training part alone.
import { createHash } from 'node:crypto';
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { PartInfo } from '../../contract/runs/run.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import type { FittedInput } from '../classify/inputs/input-kind.ts';
import { fitInput } from '../classify/inputs/registry.ts';
import { columnOf, PARTS, sampleSplit } from '../sample-split.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';
import { knownParts, type ReadingTask, requireOneLength, splitTable } from './split-parts.ts';

export interface PreparedAnswers {
  readonly table: SampleTable;
  readonly input: FittedInput;
  readonly outcome: Outcome;
  /** Rows with a truth. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: unknown;
  readonly notes: readonly string[];
  readonly facts: readonly string[];
}

interface Preparing<T extends ReadingTask> {
  readonly experiment: ExperimentOf<T>;
  readonly kind: OutcomeKind<T>;
  readonly table: SampleTable;
  readonly dataset: string;
}

/** @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`. */
export function prepareAnswers<T extends ReadingTask>({
  experiment,
  kind,
  table,
  dataset,
}: Preparing<T>): PreparedAnswers {
  const { task } = experiment;
  const split = sampleSplit(experiment);
  const opened = kind.open(task, table);
  const column = columnOf(table, task.input);
  const { rows, notes } = splitTable({ split, table, column, strata: opened.strata, withNear: true });
  const parts = knownParts(rows, {
    dataset,
    isKnown: opened.isKnown,
    missing: `no sample with a known value of ${kind.field}`,
  });
  const { outcome, state, notes: ofOutcome } = opened.fit([...parts.train], [...parts.validation]);
  const { input, notes: ofInput, facts } = fitInput(column, task, [...parts.train]);
  if (task.readout === 'flatten') requireOneLength(input, table.rows);
  const truths = Array.from(parts.test, (row) => `${table.hashes[row]} ${opened.textOf(row)}`);
  return {
    table,
    input,
    outcome,
    parts,
    partInfos: PARTS.map((part) => partInfo(part, rows[part].length, parts[part].length)),
    fingerprint: fingerprintOf(task, outcome.column, truths),
    fitted: { version: 1, outcome: state, input: input.state },
    notes: [...notes, ...ofOutcome, ...ofInput],
    facts,
  };
}

function partInfo(part: Part, rows: number, kept: number): PartInfo {
  const leftOut = rows > kept ? [{ reason: 'without a known value', windows: rows - kept }] : [];
  return {
    part,
    rows,
    windows: kept,
    fromUs: null,
    toUs: null,
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** What is scored: the inputs of the test part with what is true of them, and the metrics. */
function fingerprintOf(task: ReadingTask, column: string, truths: readonly string[]): string {
  const hash = createHash('sha256');
  const metrics = [...new Set(task.metrics)].sort();
  hash.update(JSON.stringify({ protocol: 2, task: task.kind, column, metrics }));
  for (const line of truths.toSorted()) hash.update(`\n${line}`);
  return hash.digest('hex');
}
