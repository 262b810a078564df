// The import as a user does it, by the built program, from the file to the stored dataset, beside DuckDB and pandas in turns.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startBuiltHost, type Used, usedBy } from './built-host.ts';
import { duckTime, pandasTime, type Took } from './peers.ts';
import { writeLong, writeWide } from './tables.ts';

interface Case {
  readonly name: string;
  readonly rounds: number;
  readonly write: (path: string) => void;
  readonly order: string;
  /** Of DuckDB's time. */
  readonly mostTimes?: number;
  readonly mostSeconds?: number;
  readonly mostBytes?: number;
  readonly pandas?: boolean;
}

const MILLION: Case = {
  name: '1,000,000 x 8',
  rounds: 3,
  write: (path) => writeWide(path, 1_000_000, 8),
  order: 'time',
  mostTimes: 3,
  pandas: true,
};
const TEN_MILLION: Case = {
  name: '10,000,000 x 8',
  rounds: 1,
  write: (path) => writeWide(path, 10_000_000, 8),
  order: 'time',
  mostTimes: 4,
  mostBytes: 2 ** 30,
};
const WIDE: Case = {
  name: '1,000 x 5,000',
  rounds: 1,
  write: (path) => writeWide(path, 1_000, 5_000, 3_600_000),
  order: 'time',
  mostSeconds: 5,
};
const LONG: Case = {
  name: '2,000 series x 500',
  rounds: 3,
  write: (path) => writeLong(path, 2_000, 500),
  order: 'meter, time',
  mostSeconds: 4,
};

export const casesOf = (isLarge: boolean): readonly Case[] => [
  MILLION,
  WIDE,
  LONG,
  ...(isLarge ? [TEN_MILLION] : []),
];

async function importOnce(folder: string, path: string): Promise<Used> {
  // Of its own: what is stored already would not be stored again.
  const own = mkdtempSync(join(folder, 'import-'));
  const host = await startBuiltHost(join(own, 'w.hindcast'));
  try {
    return await usedBy(host, async () => {
      const updates = await host.engine.client.datasets.import({
        source: { kind: 'file', path },
        name: 'table',
      });
      for await (const update of updates) void update;
    });
  } finally {
    await host.close();
    rmSync(own, { recursive: true, force: true });
  }
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function compared(name: string, own: readonly Used[], peer: readonly Took[], target: string): string {
  const ratio = (of: keyof Took) => medianOf(own.map((used, i) => used[of] / peer[i]![of])).toFixed(2);
  const [wall, cpu] = [
    medianOf(peer.map((took) => took.seconds)),
    medianOf(peer.map((took) => took.cpuSeconds)),
  ];
  return `${ratio('seconds')} times ${name} (${wall.toFixed(2)} s)${target}, ${ratio('cpuSeconds')} times its ${cpu.toFixed(2)} CPU s`;
}

export async function benchImport(folder: string, one: Case): Promise<void> {
  const path = join(folder, 'table.csv');
  one.write(path);
  const [own, duck, pandas]: [Used[], Took[], Took[]] = [[], [], []];
  for (let round = 0; round < one.rounds; round++) {
    duck.push(await duckTime(path, one.order));
    const took = one.pandas ? pandasTime(path) : null;
    if (took) pandas.push(took);
    own.push(await importOnce(folder, path));
  }
  const target = (most: number | undefined): string => (most === undefined ? '' : ` (target ${most})`);
  const bytes = Math.max(...own.map((used) => used.bytes));
  const parts = [
    `${medianOf(own.map(({ seconds }) => seconds)).toFixed(2)} s${target(one.mostSeconds)}, ${medianOf(own.map((used) => used.cpuSeconds)).toFixed(2)} CPU s`,
    compared('DuckDB', own, duck, target(one.mostTimes)),
    ...(pandas.length === own.length ? [compared('pandas', own, pandas, target(1))] : []),
    ...(bytes === 0 ? [] : [`${(bytes / 2 ** 20).toFixed(0)} MB${target(one.mostBytes && 1_024)}`]),
  ];
  const size = (statSync(path).size / 1e6).toFixed(0);
  console.log(`data   import of ${one.name}, ${size} MB: ${parts.join('; ')}`);
  rmSync(path);
}
