// A dataset version as a source of series or samples, read from a manifest and a folder of pieces: what a training on another machine
// has instead of the workspace.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ManifestSchema, type Piece } from '../../contract/pool/manifest.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { SampleSource } from '../../data/samples/sample-table.ts';
import type { Series, SeriesSource } from '../../data/series.ts';
import { decodeTimes, decodeValues } from '../../store/datasets/chunk-codec.ts';
import { samplesFrom } from '../../store/datasets/sample-reader.ts';
import { openChunkCache } from './chunk-cache.ts';

/** What a worker writes for its training process. */
const BundleSchema = z.object({ cache: z.string(), manifest: ManifestSchema });
export type Bundle = z.infer<typeof BundleSchema>;

export interface ManifestSource extends SeriesSource, SampleSource {
  /** Of jobs, which a worker does not do. */
  columns(): never;
  close(): void;
}

/** @throws HindcastError for a piece that is missing or damaged */
export async function openManifestSource(path: string): Promise<ManifestSource> {
  const { cache: folder, manifest } = BundleSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const cache = openChunkCache(folder);
  const chunkOf = async ({ sha256, encoding, rows }: Piece) => {
    const data = await cache.read({ sha256, encoding, rows });
    if (data) return { encoding, rows, data };
    throw new HindcastError('file-missing', `A piece of the data (${sha256}) is not in ${folder}.`);
  };
  const chunks = (pieces: readonly Piece[]) => Promise.all(pieces.map(chunkOf));

  const readOne = async (
    { name, times, columns }: NonNullable<typeof manifest.series>[number],
    names: readonly string[] | undefined,
  ): Promise<Series> => ({
    name,
    times: joined(BigInt64Array, (await chunks(times)).map(decodeTimes)),
    columns: await Promise.all(
      columns
        .filter((column) => names === undefined || names.includes(column.name))
        .map(async ({ pieces, ...column }) => ({
          ...column,
          values: joined(Float64Array, (await chunks(pieces)).map(decodeValues)),
        })),
    ),
  });

  return {
    datasetName: manifest.dataset,
    async read({ columns, series: names } = {}) {
      const { series } = manifest;
      if (series === null)
        throw new HindcastError('internal', 'The manifest has samples, and series were asked for.');
      const wanted = series.filter(({ name }) => names === undefined || names.includes(name));
      return Promise.all(wanted.map((one) => readOne(one, columns)));
    },
    async readSamples(names) {
      const { samples } = manifest;
      if (samples === null)
        throw new HindcastError('internal', 'The manifest has series, and samples were asked for.');
      const all = await Promise.all(
        samples.columns.map(async ({ column, pieces }) =>
          (await chunks(pieces)).map((chunk) => ({ ...chunk, column })),
        ),
      );
      const { columns, ...table } = samplesFrom(samples.info, all.flat());
      return { ...table, columns: names.map((name) => columns.find((column) => column.name === name)!) };
    },
    columns() {
      throw new HindcastError('internal', 'Single columns are read from a workspace only.');
    },
    close() {},
  };
}

interface Values<Self> {
  readonly length: number;
  set(values: Self, at: number): void;
}

function joined<Array extends Values<Array>>(
  make: new (length: number) => Array,
  parts: readonly Array[],
): Array {
  const all = new make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
