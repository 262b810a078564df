// The jobs `sample-page` and `sample`: samples of a version as screens show them.

import type { SampleRow } from '../../../contract/datasets/sample-views.ts';
import { besideInput } from '../../../contract/datasets/samples.ts';
import type { VersionSaid, VersionSamples } from '../../../contract/processes/jobs/samples.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { frameAt } from '../../../data/samples/pictures/frames-in.ts';
import { contentOf, sampleRow, shownOf } from '../../../data/samples/sample-content.ts';
import { sampleDifference } from '../../../data/samples/sample-difference.ts';
import type { Picture, SampleTable } from '../../../data/samples/sample-table.ts';
import type { DataSource } from '../../../tasks/task-of.ts';
import type { Job, JobEnvironment } from './job.ts';

export const samplePageJob: Job<Jobs['sample-page']> = {
  async run({ from, most, label, names, ...version }, environment) {
    return withSource(version, environment, async (read) => {
      const { info } = version;
      const beside = besideInput(info);
      const ofLabel = beside === null ? [] : [beside];
      const rows = await rowsOf(read, { label, names, column: info.label });
      const total = rows?.length ?? version.rows;
      const wanted = rows?.slice(from, from + most) ?? range(from, Math.min(version.rows, from + most));
      const columns = [...new Set([...(info.input === null ? [] : [info.input]), ...ofLabel])];
      const samples: SampleRow[] = [];
      const stills: Picture[] = [];
      for (const [first, count] of runsIn(wanted)) {
        const table = await read(columns, { fromRow: first, rows: count });
        stills.push(...stillsIn(table));
        for (let at = 0; at < table.rows; at++)
          samples.push({ ...sampleRow(table, at, beside), row: first + at });
      }
      return { total, samples, pictures: stacked(stills) };
    });
  },
};

export const sampleJob: Job<Jobs['sample']> = {
  async run({ row, ...version }, environment) {
    return withSource(version, environment, async (read) => {
      const { input } = version.info;
      const table = await read(input === null ? [] : [input], { fromRow: row, rows: 1 });
      const [column] = table.columns;
      if (table.rows === 0 || !column) throw noSample(row);
      return contentOf(column, 0);
    });
  },
};

export const sampleDifferenceJob: Job<Jobs['sample-difference']> = {
  async run({ workspacePath, versions: [before, after] }, environment) {
    const read = ({ datasetVersionId, said }: VersionSaid) =>
      withSource({ workspacePath, datasetVersionId }, environment, async (readSamples) => {
        const table = await readSamples(said === null ? [] : [said]);
        const [column] = table.columns;
        return {
          hashes: table.hashes,
          said: table.hashes.map((_, row) => (column ? shownOf(column, row) : '')),
        };
      });
    return sampleDifference(await read(before), await read(after));
  },
};

type Read = NonNullable<DataSource['readSamples']>;

async function withSource<Answer>(
  { workspacePath, datasetVersionId }: Pick<VersionSamples, 'workspacePath' | 'datasetVersionId'>,
  { openSource }: JobEnvironment,
  use: (read: Read) => Promise<Answer>,
): Promise<Answer> {
  const source = await openSource(workspacePath, datasetVersionId);
  try {
    if (!source.readSamples) throw new HindcastError('internal', 'The data cannot be read as samples.');
    return await use(source.readSamples.bind(source));
  } finally {
    source.close();
  }
}

interface Wanted {
  readonly label: string | undefined;
  readonly names: readonly string[] | undefined;
  readonly column: string | null;
}

/** Rows of a class, and of names; null: all. */
async function rowsOf(read: Read, { label, names, column }: Wanted): Promise<number[] | null> {
  const isOfClass = label !== undefined && column !== null;
  if (!isOfClass && names === undefined) return null;
  const table = await read(isOfClass ? [column] : []);
  const suits = isOfClass ? isOf(table, label) : () => true;
  const known = names && new Set(names);
  return [...table.names.keys()].filter((row) => suits(row) && (known?.has(table.names[row]!) ?? true));
}

/** Whether a row is of the class. */
function isOf({ columns: [labels] }: SampleTable, label: string): (row: number) => boolean {
  if (labels?.kind === 'labels') {
    const one = labels.labels.indexOf(label);
    return (row) => labels.sets[row]!.includes(one);
  }
  if (labels?.kind !== 'category') return () => false;
  const code = labels.categories.indexOf(label);
  return (row) => labels.codes[row] === code;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** Neighbours are read together. */
function runsIn(rows: readonly number[]): [first: number, count: number][] {
  const runs: [number, number][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === row) last[1] += 1;
    else runs.push([row, 1]);
  }
  return runs;
}

/** The first frames of its pictures. */
function stillsIn({ columns: [input] }: SampleTable): Picture[] {
  if (!input || !('pictures' in input)) return [];
  return input.pictures.map((picture) => ({ ...picture, pixels: frameAt(picture, 0) }));
}

/** All of one size, one after the other; null where there are none. */
function stacked(stills: readonly Picture[]) {
  const [first] = stills;
  if (!first) return null;
  const { width, height, channels } = first;
  return {
    width,
    height,
    channels,
    pixels: new Uint8Array(Buffer.concat(stills.map(({ pixels }) => pixels))),
  };
}

function noSample(row: number): HindcastError {
  return new HindcastError('not-found', `The dataset has no sample ${row + 1}; choose one of its rows.`, {
    details: { row },
  });
}
