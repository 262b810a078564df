// Runs an import in this process and joins its chunks again, checking the promises of the protocol.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import {
  type ImportDescription,
  type ImportedChunk,
  type ImportProgress,
  ROWS_PER_CHUNK,
} from '../../../engine/contract/processes/importer.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { importFile } from '../../../engine/data/import/import-file.ts';

export const SAMPLES = join(import.meta.dirname, '../../../node_modules/vega-datasets/data');

const folder = mkdtempSync(join(tmpdir(), 'hindcast-test-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Writes a file of its own folder, so that its name is exactly `name`. */
export function writeFile(content: string | Uint8Array, name = 'table.csv'): string {
  const path = join(mkdtempSync(join(folder, `${++files}-`)), name);
  writeFileSync(path, content);
  return path;
}

export interface ImportedSeries {
  readonly name: string;
  readonly times: bigint[];
  /** By column: numbers, null where missing; category columns as their names. */
  readonly columns: Readonly<Record<string, (number | string | null)[]>>;
}

export interface Imported extends ImportDescription {
  readonly chunkList: readonly ImportedChunk[];
  readonly progressList: readonly ImportProgress[];
  readonly data: readonly ImportedSeries[];
}

function decodeNumeric({ data, rows }: ImportedChunk): (number | null)[] {
  const values = new Float64Array(data.buffer, data.byteOffset, rows);
  const bitmap = data.subarray(rows * 8);
  expect(data.length).toBe(rows * 8 + Math.ceil(rows / 8));
  return Array.from(values, (value, i) => {
    const valid = ((bitmap[i >> 3] ?? 0) >> (i & 7)) & 1;
    expect(Number.isNaN(value)).toBe(!valid);
    return valid ? value : null;
  });
}

function decodeCodes({ data, rows }: ImportedChunk, names: readonly string[]): (string | null)[] {
  expect(data.length).toBe(rows * 4);
  return Array.from(new Int32Array(data.buffer, data.byteOffset, rows), (code) =>
    code === -1 ? null : (names[code] ?? `code ${code} has no name`),
  );
}

function decodeTimes({ data, rows }: ImportedChunk): bigint[] {
  expect(data.length).toBe(rows * 8);
  return Array.from(new BigInt64Array(data.buffer, data.byteOffset, rows));
}

function assemble(
  { series, columns, chunks }: ImportDescription,
  list: readonly ImportedChunk[],
): ImportedSeries[] {
  expect(list.map(({ chunk }) => chunk)).toEqual(list.map((_, i) => i + 1));
  expect(list.length).toBe(chunks);
  return series.map((info, s) => {
    const pieces = (column: number) => {
      const mine = list.filter((chunk) => chunk.series === s && chunk.column === column);
      expect(mine.map(({ position }) => position)).toEqual(mine.map((_, i) => i));
      for (const { rows } of mine.slice(0, -1)) expect(rows).toBe(ROWS_PER_CHUNK);
      expect(mine.reduce((sum, { rows }) => sum + rows, 0)).toBe(info.rows);
      return mine;
    };
    const values = columns.map(({ name, kind }, c) => {
      const names = info.columns[c]?.categories ?? [];
      const decode = (chunk: ImportedChunk): (number | string | null)[] =>
        kind === 'numeric' ? decodeNumeric(chunk) : decodeCodes(chunk, names);
      return [name, pieces(c).flatMap(decode)];
    });
    return { name: info.name, times: pieces(-1).flatMap(decodeTimes), columns: Object.fromEntries(values) };
  });
}

export async function importPath(path: string, options: ImportOptions = {}): Promise<Imported> {
  const chunkList: ImportedChunk[] = [];
  const progressList: ImportProgress[] = [];
  let description: ImportDescription | null = null;
  await importFile(
    { path, sample: null, options },
    {
      progress: (progress) => progressList.push(progress),
      described: (described) => {
        expect(chunkList).toEqual([]);
        description = described;
      },
      chunk: async (chunk) => void chunkList.push(chunk),
    },
  );
  if (description === null) throw new Error('the import was never described');
  const described: ImportDescription = description;
  return { ...described, chunkList, progressList, data: assemble(described, chunkList) };
}

export function importText(text: string | Uint8Array, options: ImportOptions = {}): Promise<Imported> {
  return importPath(writeFile(text), options);
}

/** The HindcastError of an import that must fail without having handed out anything. */
export async function importFailure(path: string, options: ImportOptions = {}): Promise<HindcastError> {
  let handedOut = 0;
  const count = () => void handedOut++;
  const failure = await importFile(
    { path, sample: null, options },
    { progress: () => {}, described: count, chunk: async () => count() },
  ).then(
    () => expect.unreachable('the import should have failed'),
    (error: unknown) => error,
  );
  expect(handedOut).toBe(0);
  if (!(failure instanceof HindcastError)) throw failure;
  return failure;
}

/** Microseconds of an ISO time in UTC. */
export const us = (iso: string): bigint =>
  BigInt(Date.parse(iso.includes('T') ? iso : `${iso}T00:00:00Z`)) * 1000n;
