// The csv export: the task's own tables (predictions of the test part), scores, the metrics of training, and a description of the
// columns.
import type { MetricsFrame } from '../contract/datasets/frames.ts';
import type { RunDetail } from '../contract/runs/run.ts';
import { columnsCsv } from './csv-columns.ts';
import { guardRecord } from './csv-guard.ts';
import { field, number } from './csv-text.ts';
import { scoreLines } from './error-tables.ts';
import type { TaskContent } from './task-content.ts';

export interface ExportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Blob;
}

export interface CsvSource {
  readonly run: RunDetail;
  readonly task: TaskContent;
  readonly steps: MetricsFrame;
  readonly epochs: MetricsFrame;
  /** Names that begin like a formula get an apostrophe before. */
  readonly guardFormulas?: boolean;
}

export function exportCsv({ run, task, steps, epochs, guardFormulas = true }: CsvSource): ExportFile[] {
  const files = {
    ...task.tables(),
    'scores.csv': scoreLines(run.scores, task.targets),
    'metrics-by-step.csv': metricsCsv('step', steps),
    'metrics-by-epoch.csv': metricsCsv('epoch', epochs),
  };
  const described = { ...files, 'columns.csv': columnsCsv(files, run.configuration.task, task.columns) };
  return Object.entries(described).map(([name, lines]) => ({
    name,
    mediaType: 'text/csv',
    content: new Blob(pieces(guardFormulas ? lines.map(guardRecord) : lines), { type: 'text/csv' }),
  }));
}

const LINES_A_PIECE = 50_000;

/** Long tables do not fit in one string. */
function pieces(lines: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(lines.length / LINES_A_PIECE) }, (_, index) => {
    const first = index * LINES_A_PIECE;
    return `${lines.slice(first, first + LINES_A_PIECE).join('\n')}\n`;
  });
}

function metricsCsv(indexName: string, { header, columns }: MetricsFrame): string[] {
  const lines = [[indexName, ...header.names.map(field)].join(',')];
  for (let row = 0; row < columns.index.length; row++) {
    lines.push([columns.index[row], ...columns.values.map((values) => number(values[row]!))].join(','));
  }
  return lines;
}
