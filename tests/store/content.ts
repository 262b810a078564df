// The contents that the tests of the store, and the processes they start, put into a workspace.
import type { ColumnInfo, SeriesInfo } from '../../engine/contract/datasets/dataset.ts';
import { type Experiment, ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { type ChunkMessage, ROWS_PER_CHUNK } from '../../engine/contract/processes/importer.ts';
import type { DatasetVersionId, RunId } from '../../engine/contract/values/ids.ts';
import type { DescribedMessage, ImportWriter } from '../../engine/store/datasets/import-writer.ts';
import type { Workspace } from '../../engine/store/workspace.ts';

/** Of the checkpoints that the process to be killed writes: not a whole number of pieces. */
export const CHECKPOINT_BYTES = 10.5 * 2 ** 20;

export function testExperiment(changes: { name?: string; seed?: number; epochs?: number } = {}): Experiment {
  return ExperimentSchema.parse({
    name: changes.name ?? 'test',
    dataset: { name: 'data' },
    task: { kind: 'forecast', targets: ['close'], lookback: 4, horizon: 2 },
    model: { kind: 'lstm', units: 8 },
    training: { epochs: changes.epochs ?? 20 },
    seed: changes.seed ?? 1,
  });
}

/** A run on the dataset "data", which is imported where it is missing. */
export function newRun(workspace: Workspace, name = 'run', seed = 1): RunId {
  const versionId = workspace.datasets.find('data')?.versionId ?? importData(workspace, 'data');
  return workspace.runs.create({
    name,
    experiment: testExperiment({ seed }),
    targets: ['close'],
    datasetVersionId: versionId,
    atMs: 5,
  });
}

export interface DataShape {
  readonly rows?: number;
  readonly series?: readonly string[];
  /** Added to every numeric value. */
  readonly offset?: number;
}

/** "close" is numeric with every 5th value missing, "kind" a category with every 7th missing; an hour between rows. */
export function dataValue(row: number, series: number, offset = 0): number {
  return row % 5 === 4 ? Number.NaN : row / 3 + series * 1000 + offset;
}
export const dataTime = (row: number): bigint => BigInt(row) * 3_600_000_000n;
export const dataCode = (row: number): number => (row % 7 === 6 ? -1 : row % 3);

export function importMessages(shape: DataShape = {}): {
  described: DescribedMessage;
  chunks: ChunkMessage[];
} {
  const { rows = 20, series = ['all'], offset = 0 } = shape;
  const chunks = series.flatMap((_name, index) => seriesChunks(index, rows, offset));
  return {
    described: {
      type: 'described',
      recipe: {
        source: { path: '/data/a.csv', bytes: 10, sha256: 'ab', sample: null },
        delimiter: ',',
        layout: series.length > 1 ? 'long' : 'wide',
        timeColumn: 'date',
        timeFormat: 'detected',
        timeZone: 'UTC',
        seriesColumn: series.length > 1 ? 'symbol' : null,
      },
      report: {
        rowsRead: rows + 1,
        rowsKept: rows,
        rowsSetAside: 1,
        setAside: [{ line: 3, column: 'close', reason: 'not a number', raw: '1;"x\u0000' }],
        notes: ['a note'],
      },
      series: series.map((name) => seriesInfo(name, rows)),
      columns: [
        { name: 'close', kind: 'numeric' },
        { name: 'kind', kind: 'category' },
      ],
      chunks: chunks.length,
    },
    chunks: chunks.map((chunk, index) => ({ ...chunk, chunk: index + 1 })),
  };
}

function seriesInfo(name: string, rows: number): SeriesInfo {
  const columns: ColumnInfo[] = [
    { name: 'close', kind: 'numeric', missing: 4, min: 0, max: 9, mean: 0.1 + 0.2, categories: null },
    {
      name: 'kind',
      kind: 'category',
      missing: 2,
      min: null,
      max: null,
      mean: null,
      categories: ['a', 'b', 'c'],
    },
  ];
  const endUs = Number(dataTime(rows - 1));
  return { name, rows, startUs: 0, endUs, stepUs: 3_600_000_000, frequency: '1 hour', columns };
}

function seriesChunks(series: number, rows: number, offset: number): ChunkMessage[] {
  const chunks: ChunkMessage[] = [];
  for (let from = 0, position = 0; from < rows; from += ROWS_PER_CHUNK, position++) {
    const count = Math.min(ROWS_PER_CHUNK, rows - from);
    const base = { type: 'chunk', chunk: 0, series, position, rows: count } as const;
    const at = Array.from({ length: count }, (_, row) => from + row);
    const times = new Uint8Array(BigInt64Array.from(at, dataTime).buffer);
    const codes = new Uint8Array(Int32Array.from(at, dataCode).buffer);
    const values = numericBytes(at.map((row) => dataValue(row, series, offset)));
    chunks.push(
      { ...base, column: -1, encoding: 'time-i64', data: times },
      { ...base, column: 0, encoding: 'numeric-f64', data: values },
      { ...base, column: 1, encoding: 'category-i32', data: codes },
    );
  }
  return chunks;
}

/** Values, 0 where missing, then the validity bitmap. */
function numericBytes(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8 + Math.ceil(values.length / 8));
  const floats = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value));
  bytes.set(new Uint8Array(floats.buffer));
  for (const [row, value] of values.entries()) {
    const offset = values.length * 8 + (row >> 3);
    if (!Number.isNaN(value)) bytes[offset] = (bytes[offset] as number) | (1 << (row & 7));
  }
  return bytes;
}

export function feed(writer: ImportWriter, messages: ReturnType<typeof importMessages>): void {
  writer.describe(messages.described);
  for (const chunk of messages.chunks) writer.chunk(chunk);
}

export function importData(workspace: Workspace, name: string, shape: DataShape = {}): DatasetVersionId {
  const writer = workspace.datasets.beginImport({ name, atMs: 1 });
  feed(writer, importMessages(shape));
  return writer.finish(2).dataset.versionId;
}
