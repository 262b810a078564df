// The parts of a dataset of samples for a task that says something of each: equal and related samples together, and what to know of the split.

import type { Task } from '../../contract/tasks/task.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable, SampleValues } from '../../data/samples/sample-table.ts';
import { type SampleSplit, splitSamples } from '../../data/samples/split-samples.ts';
import { strandPairs } from '../../data/samples/strands.ts';
import type { ReadoutName } from '../../models/sequence-classifier.ts';
import type { FittedInput, InputTask } from '../classify/inputs/input-kind.ts';
import { nearNotes, PARTS } from '../sample-split.ts';

/** How samples are read: the same of every task on them. */
export type ReadingTask = Task & InputTask & { readonly input: string; readonly readout: ReadoutName };

interface Splitting {
  readonly split: SampleSplit;
  readonly table: SampleTable;
  /** What the model reads. */
  readonly column: SampleValues;
  /** [rows] what a split by chance is stratified by. */
  readonly strata: readonly string[];
  /** Nearly equal texts are looked for: of many texts that takes seconds. */
  readonly withNear: boolean;
}

export function splitTable({ split, table, column, strata, withNear }: Splitting) {
  const notes: string[] = [];
  const alike = column.kind === 'text' ? strandPairs(column.texts) : [];
  if (alike.length > 0)
    notes.push(
      `${countText(alike.length)} sequences are the other strand of one in the data; both lie in one part.`,
    );
  const rows = splitSamples({ split, table, alike, labels: strata, note: (text) => notes.push(text) });
  if (column.kind === 'text' && withNear) notes.push(...nearNotes(column.texts, table.names, rows));
  return { rows, notes };
}

/**
 * The rows of each part that can be learned from and scored.
 * @param missing what a part without any lacks: `no sample of a known class`
 * @throws HindcastError `too-few-rows` for an empty part
 */
export function knownParts(
  rows: Readonly<Record<Part, readonly number[]>>,
  { dataset, isKnown, missing }: { dataset: string; isKnown(row: number): boolean; missing: string },
): Readonly<Record<Part, Int32Array>> {
  const known = (part: Part) => Int32Array.from(rows[part].filter(isKnown));
  const parts = { train: known('train'), validation: known('validation'), test: known('test') };
  for (const part of PARTS) if (parts[part].length === 0) throw emptyPart(dataset, part, missing);
  return parts;
}

function emptyPart(dataset: string, part: Part, missing: string): HindcastError {
  const message = `The ${part} part of "${dataset}" has ${missing}; choose another split, or import more samples.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'split' } });
}

/** @throws HindcastError `invalid-input` where samples differ in length */
export function requireOneLength(input: FittedInput, rows: number): void {
  const lengths = new Set(
    Array.from({ length: Math.min(rows, 10_000) }, (_, row) => input.encode(row).length),
  );
  if (lengths.size <= 1) return;
  const message =
    'The readout "flatten" needs samples of one length, and these differ; set task.readout to "mean" or "max".';
  throw new HindcastError('invalid-input', message, { details: { field: 'task.readout' } });
}
