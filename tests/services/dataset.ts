// A dataset of one series with one numeric column, written as an import process would send it.

import type { ChunkMessage, FromImporter } from '../../engine/contract/processes/importer.ts';
import type { Workspace } from '../../engine/store/workspace.ts';

const ROWS = 40;
const DAY_US = 86_400_000_000;

export function describedMessage(rows = ROWS): Extract<FromImporter, { type: 'described' }> {
  return {
    type: 'described',
    recipe: {
      source: { path: '/data/waves.csv', bytes: 1_000, sha256: '00'.repeat(32), sample: null },
      delimiter: ',',
      layout: 'wide',
      timeColumn: 'date',
      timeFormat: '%Y-%m-%d',
      timeZone: 'UTC',
      seriesColumn: null,
    },
    report: { rowsRead: rows, rowsKept: rows, rowsSetAside: 0, setAside: [], notes: [] },
    series: [
      {
        name: 'waves',
        rows,
        startUs: 0,
        endUs: (rows - 1) * DAY_US,
        stepUs: DAY_US,
        frequency: '1 day',
        columns: [{ name: 'level', kind: 'numeric', missing: 0, min: -1, max: 1, mean: 0, categories: null }],
      },
    ],
    columns: [{ name: 'level', kind: 'numeric' }],
    chunks: 2,
  };
}

export function chunkMessages(rows = ROWS, phase = 0): ChunkMessage[] {
  const times = BigInt64Array.from({ length: rows }, (_, row) => BigInt(row * DAY_US));
  const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row / 3 + phase));
  const validity = new Uint8Array(Math.ceil(rows / 8)).fill(0xff);
  if (rows % 8 !== 0) validity[validity.length - 1] = (1 << (rows % 8)) - 1;
  const numeric = new Uint8Array(values.byteLength + validity.length);
  numeric.set(new Uint8Array(values.buffer));
  numeric.set(validity, values.byteLength);
  const chunk = { type: 'chunk', series: 0, position: 0, rows } as const;
  return [
    { ...chunk, chunk: 1, column: -1, encoding: 'time-i64', data: new Uint8Array(times.buffer) },
    { ...chunk, chunk: 2, column: 0, encoding: 'numeric-f64', data: numeric },
  ];
}

export function importedWorkspaceDataset(workspace: Workspace, name: string): void {
  const writer = workspace.datasets.beginImport({ name, atMs: 1_700_000_000_000 });
  writer.describe(describedMessage());
  for (const chunk of chunkMessages()) writer.chunk(chunk);
  writer.finish(1_700_000_000_001);
}

/** One series of daily rows with these numeric columns, NaN where missing; chunks as an import sends them. */
export function importColumns(
  workspace: Workspace,
  name: string,
  columns: Readonly<Record<string, readonly number[]>>,
): void {
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.length;
  const described = describedMessage(rows);
  const info = (column: string) => ({ ...described.series[0]!.columns[0]!, name: column });
  const writer = workspace.datasets.beginImport({ name, atMs: 1_700_000_000_000 });
  writer.describe({
    ...described,
    series: [{ ...described.series[0]!, name, columns: names.map(info) }],
    columns: names.map((column) => ({ name: column, kind: 'numeric' as const })),
    chunks: names.length + 1,
  });
  const [times, numeric] = chunkMessages(rows) as [ChunkMessage, ChunkMessage];
  writer.chunk(times);
  names.forEach((column, index) => {
    const data = numericChunk(columns[column]!);
    writer.chunk({ ...numeric, chunk: index + 2, column: index, data });
  });
  writer.finish(1_700_000_000_001);
}

/** Values, then a bit for each that is there. */
function numericChunk(values: readonly number[]): Uint8Array {
  const data = new Uint8Array(values.length * 8 + Math.ceil(values.length / 8));
  data.set(new Uint8Array(Float64Array.from(values).buffer));
  values.forEach((value, row) => {
    if (!Number.isNaN(value)) data[values.length * 8 + (row >> 3)]! |= 1 << (row & 7);
  });
  return data;
}
