// The import as a user does it, from the file to the stored dataset, beside DuckDB and pandas.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { peakOfChildren } from './memory.ts';
import { duckSeconds, pandasSeconds } from './peers.ts';
import { writeLong, writeWide } from './tables.ts';

interface Case {
  readonly name: string;
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
  write: (path) => writeWide(path, 1_000_000, 8),
  order: 'time',
  mostTimes: 3,
  pandas: true,
};
const TEN_MILLION: Case = {
  name: '10,000,000 x 8',
  write: (path) => writeWide(path, 10_000_000, 8),
  order: 'time',
  mostTimes: 4,
  mostBytes: 2 ** 30,
};
const WIDE: Case = {
  name: '1,000 x 5,000',
  write: (path) => writeWide(path, 1_000, 5_000, 3_600_000),
  order: 'time',
  mostSeconds: 5,
};
const LONG: Case = {
  name: '2,000 series x 500',
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

export async function benchImport({ client }: OpenEngine, folder: string, one: Case): Promise<void> {
  const path = join(folder, 'table.csv');
  one.write(path);
  const duck = await duckSeconds(path, one.order);
  const pandas = one.pandas ? pandasSeconds(path) : null;
  const startedAt = performance.now();
  const bytes = await peakOfChildren(async () => {
    for await (const update of await client.datasets.import({
      source: { kind: 'file', path },
      name: one.name,
    }))
      void update;
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const target = (most: string | undefined): string => (most === undefined ? '' : ` (target ${most})`);
  const parts = [
    `${seconds.toFixed(2)} s${target(one.mostSeconds?.toFixed(0))}`,
    `${(seconds / duck).toFixed(2)} times DuckDB's ${duck.toFixed(2)} s${target(one.mostTimes?.toFixed(0))}`,
    ...(pandas === null ? [] : [`${(pandas / seconds).toFixed(2)} times the speed of pandas (target 1)`]),
    ...(bytes === null
      ? []
      : [`${(bytes / 2 ** 20).toFixed(0)} MB${target(one.mostBytes ? '1,024' : undefined)}`]),
  ];
  console.log(
    `data   import of ${one.name}, ${(statSync(path).size / 1e6).toFixed(0)} MB: ${parts.join(', ')}`,
  );
  rmSync(path);
}
