// Columns are looked at by as many threads as there are, with the same result.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type LookRequest, lookAtColumns } from '../../../engine/data/import/look/look-at-columns.ts';
import { createLooker, type Looker, startLookThread } from '../../../engine/data/import/look/look-thread.ts';
import type { Placed } from '../../../engine/data/import/rows/placed.ts';
import type { TypedColumn } from '../../../engine/data/import/table/typed-table.ts';

const ENTRY = pathToFileURL(join(import.meta.dirname, '../../../engine/hosts/importer/look-thread.ts'));
const HASHED = join(import.meta.dirname, 'look.test.ts');
/** Each column is a group of its own. */
const ROWS = 700_000;
const HALF = ROWS / 2;

type Cell = (row: number) => number;
const wave: Cell = (row) => Math.sin(row / 50) + (row % 7) / 10;

const CELLS: Readonly<Record<string, Cell>> = {
  wave,
  'the same': wave,
  constant: () => 3,
  spike: (row) => (row === 1_000 ? 1e6 : wave(row)),
  stuck: (row) => (row > 5_000 && row < 6_000 ? 1.5 : wave(row)),
  'other unit': (row) => (2 + wave(row)) * (row > 600_000 ? 1_000 : 1),
  missing: (row) => (row % 11 === 0 ? Number.NaN : wave(row)),
};

const columns: TypedColumn[] = [...Object.keys(CELLS), 'weather'].map((name, column) => ({
  name,
  column,
  kind: name === 'weather' ? 'category' : 'numeric',
  categories: name === 'weather' ? ['rain', 'sun'] : null,
}));

let readsAtOnce = 0;

const placed: Placed = {
  parts: [
    { series: 0, from: 0, rows: HALF },
    { series: 1, from: HALF, rows: HALF },
  ],
  times: BigInt64Array.from({ length: ROWS }, (_, row) => BigInt(row % HALF) * 1_000_000n),
  async read(some, room) {
    expect(++readsAtOnce).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    readsAtOnce--;
    return some.map(({ name }, i) => {
      const cell = CELLS[name];
      if (!cell) return room.codes(i, ROWS).fill(1);
      const values = room.numbers(i, ROWS);
      for (let row = 0; row < ROWS; row++) values[row] = cell(row);
      return values;
    });
  },
  rowsOfFile: async () => new Map(),
};

function requestOf(lookers: readonly Looker[]): LookRequest {
  const spans = ['north', 'south'].map((name) => ({ name, stepUs: 1_000_000 }));
  return { placed, spans, columns, lookers, signal: undefined, progress: () => {} };
}

function counted(looker: Looker): Looker & { looks: number } {
  const own = { ...looker, looks: 0 };
  own.look = (some) => {
    own.looks++;
    return looker.look(some);
  };
  return own;
}

test('two threads find what one finds, each in a part of the columns', async () => {
  const alone = await lookAtColumns(requestOf([createLooker()]));
  const checks = alone.flatMap(({ examined }) => examined?.drafts.map(({ check }) => check) ?? []);
  expect(new Set(checks)).toEqual(new Set(['constant', 'spikes', 'stuck', 'unit-drift', 'missing']));
  expect(alone[0]?.examined?.hash).toBe(alone[1]?.examined?.hash);
  const thread = startLookThread(ENTRY);
  const [here, there] = [counted(createLooker()), counted(thread)];
  expect(await lookAtColumns(requestOf([here, there]))).toEqual(alone);
  expect(here.looks).toBeGreaterThan(0);
  expect(there.looks).toBeGreaterThan(0);
  expect(here.looks + there.looks).toBe(columns.length);
  expect(await thread.hashOf(HASHED)).toBe(createHash('sha256').update(readFileSync(HASHED)).digest('hex'));
  thread.close();
});

test('a thread that ends fails the look', async () => {
  const thread = startLookThread(new URL('data:text/javascript,setTimeout(() => process.exit(0), 20)'));
  await expect(lookAtColumns(requestOf([thread]))).rejects.toThrow('The thread that looks at columns ended.');
  const broken = startLookThread(new URL('data:text/javascript,throw new Error("no memory")'));
  await expect(lookAtColumns(requestOf([broken]))).rejects.toThrow('no memory');
});
