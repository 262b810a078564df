// Times and columns of stored series in memory: zooming a chart asks for the same ones again and again.
import type { SeriesSource } from '../series.ts';
import { findGaps } from '../time-grid.ts';
import { timeNumbers } from '../time-numbers.ts';
import type { ChartedSeries, ChartTimes } from './chart.ts';

export interface SeriesColumns {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly series: string;
  readonly columns: readonly string[];
}

export type OpenColumns = (
  workspacePath: string,
  datasetVersionId: number,
) => Promise<SeriesSource & { close(): void }>;

export interface KeptColumns {
  /** @throws HindcastError of the source: unknown series or column, damaged chunks. */
  read(wanted: SeriesColumns, open: OpenColumns): Promise<ChartedSeries>;
}

interface Entry {
  /** Absent: the times. */
  readonly values: Float64Array | null;
  readonly times: ChartTimes | null;
}

/** @param mostBytes the least recently used is dropped first; what a chart needs now stays even if it is larger */
export function createKeptColumns(mostBytes: number): KeptColumns {
  /** The most recently used last. */
  const kept = new Map<string, Entry>();

  function use(key: string): Entry | undefined {
    const entry = kept.get(key);
    if (entry === undefined) return undefined;
    kept.delete(key);
    kept.set(key, entry);
    return entry;
  }

  function makeRoom(needed: ReadonlySet<string>): void {
    let bytes = 0;
    for (const entry of kept.values()) bytes += bytesOf(entry);
    for (const [key, entry] of [...kept]) {
      if (bytes <= mostBytes) return;
      if (needed.has(key)) continue;
      bytes -= bytesOf(entry);
      kept.delete(key);
    }
  }

  return {
    async read({ workspacePath, datasetVersionId, series, columns }, open) {
      const keyOf = (column: string | null) =>
        JSON.stringify([workspacePath, datasetVersionId, series, column]);
      const missing = columns.filter((column) => use(keyOf(column)) === undefined);
      if (missing.length > 0 || use(keyOf(null)) === undefined) {
        const [read] = await readFrom(open, { workspacePath, datasetVersionId, series, columns: missing });
        const times = { times: timeNumbers(read!.times), gaps: findGaps(read!.times).gaps };
        kept.set(keyOf(null), { times, values: null });
        for (const { name, values } of read!.columns) kept.set(keyOf(name), { times: null, values });
      }
      const { times, gaps } = kept.get(keyOf(null))!.times!;
      const charted = columns.map((name) => ({ name, values: kept.get(keyOf(name))!.values! }));
      makeRoom(new Set([null, ...columns].map(keyOf)));
      return { name: series, times, gaps, columns: charted };
    },
  };
}

async function readFrom(open: OpenColumns, wanted: SeriesColumns) {
  const source = await open(wanted.workspacePath, wanted.datasetVersionId);
  try {
    return await source.read({ series: [wanted.series], columns: wanted.columns });
  } finally {
    source.close();
  }
}

const bytesOf = ({ values, times }: Entry): number =>
  (values?.byteLength ?? 0) + (times === null ? 0 : times.times.byteLength + 64 * times.gaps.length);
