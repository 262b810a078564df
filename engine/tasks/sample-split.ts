// What every task on samples asks of its experiment, and what it says of near duplicates.

import type { Experiment } from '../contract/experiment/experiment.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { countText } from '../data/count-text.ts';
import type { Part } from '../data/prepared.ts';
import { nearDuplicates } from '../data/samples/near-duplicates.ts';
import type { SampleTable, SampleValues } from '../data/samples/sample-table.ts';
import type { SampleSplit } from '../data/samples/split-samples.ts';
import { spacedTokens } from '../data/samples/token-lists.ts';
import { shareText } from '../words/share-text.ts';

export const PARTS = ['train', 'validation', 'test'] as const;

/** @throws HindcastError `invalid-input` for a split by time, and for steps of a pipeline */
export function sampleSplit({ split, pipeline }: Pick<Experiment, 'split' | 'pipeline'>): SampleSplit {
  requireNoPipeline({ pipeline });
  if (split.kind === 'samples') return split;
  const message = `split.kind is "${split.kind}", which splits series in order of time; samples take "samples".`;
  throw new HindcastError('invalid-input', message, { details: { field: 'split.kind' } });
}

/** @throws HindcastError `invalid-input` */
export function requireNoPipeline({ pipeline: [first] }: Pick<Experiment, 'pipeline'>): void {
  if (!first) return;
  const message = `The pipeline step ${first.step} is for columns of series; samples are read by task.tokens, so leave the pipeline empty.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'pipeline' } });
}

/** @throws HindcastError `unknown-column` */
export function columnOf(table: SampleTable, name: string): SampleValues {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  throw new HindcastError('unknown-column', `The data have no column "${name}".`, {
    details: { column: name },
  });
}

/** The texts of a column; words and numbers as they are written. @throws HindcastError `unknown-column`, and `invalid-input` for recordings and the like */
export function textsIn(table: SampleTable, name: string, field: string): readonly string[] {
  const column = columnOf(table, name);
  if (column.kind === 'text') return column.texts;
  if (column.kind === 'tokens') return column.lists.map(spacedTokens);
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? '');
  if (column.kind === 'numeric')
    return Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value)));
  const message = `${field} is "${name}", a column of the kind "${column.kind}"; choose a column of texts.`;
  throw new HindcastError('invalid-input', message, { details: { field } });
}

const FEW_PAIRS = 3;

/** A model may remember the one and be scored on the other. */
export function nearNotes(
  texts: readonly string[],
  names: readonly string[],
  rows: Readonly<Record<Part, readonly number[]>>,
): string[] {
  const scored = new Map(
    (['validation', 'test'] as const).flatMap((part) => rows[part].map((row) => [row, part])),
  );
  const trained = new Set(rows.train);
  const between = nearDuplicates(texts).filter(({ rows: [a, b] }) =>
    trained.has(a) ? scored.has(b) : trained.has(b) && scored.has(a),
  );
  if (between.length === 0) return [];
  const some = between
    .slice(0, FEW_PAIRS)
    .map(({ rows: [a, b], shared }) => `${names[a]} and ${names[b]} (${shareText(shared, 0)})`);
  const more = between.length > some.length ? `, and ${countText(between.length - some.length)} more` : '';
  return [
    `Nearly equal texts lie on both sides of the split: ${some.join(', ')}${more}. Scores on them are flattered; give such texts one group, and split by group.`,
  ];
}
