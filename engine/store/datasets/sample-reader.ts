// Reads the samples of a version from the store.

import type { SampleColumn, SampleColumnKind, SamplesInfo } from '../../contract/datasets/samples.ts';
import { SAMPLE_ROLES } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetVersionId } from '../../contract/values/ids.ts';
import type {
  Clip,
  NumberRows,
  Picture,
  SampleTable,
  SampleValues,
} from '../../data/samples/sample-table.ts';
import type { Connection } from '../file/connection.ts';
import { type Chunk, decodePieces, decodeValues } from './chunk-codec.ts';
import { type RowRange, readPieces, readValues } from './column-reader.ts';

const ALL: RowRange = { fromRow: 0, rows: Number.MAX_SAFE_INTEGER };

/** @throws HindcastError `conflict` where the version has series, `unknown-column`, and `workspace-damaged`. */
export function readSamples(
  connection: Connection,
  { datasetName, versionId }: { readonly datasetName: string; readonly versionId: DatasetVersionId },
  names: readonly string[] | undefined,
  range: RowRange = ALL,
): SampleTable {
  const info = samplesInfo(connection, versionId);
  if (info === null) throw noSamples(datasetName);
  const ids = new Map(
    connection
      .all<{ id: number; name: string; kind: string }>(
        `SELECT series_column.id, series_column.name, kind FROM series_column JOIN series ON series.id = series_id
         WHERE dataset_version_id = ?`,
        versionId,
      )
      .map(({ id, name, kind }) => [keyOf(name, kind), id]),
  );
  const textsOf = (key: string) => textsFrom(readPieces(connection, ids.get(key) ?? 0, range));
  const role = (name: (typeof SAMPLE_ROLES)[number]) => textsOf(keyOf(name, name));
  const sampleNames = role('name');
  return {
    rows: sampleNames.length,
    names: sampleNames,
    groups: role('group'),
    parts: role('part') as SampleTable['parts'],
    hashes: role('hash'),
    columns: chosen(info, names, datasetName).map((column) => {
      const id = ids.get(keyOf(column.name, column.kind)) ?? 0;
      return VALUES[column.kind](column, {
        pieces: () => readPieces(connection, id, range),
        values: () => readValues(connection, id, range),
      });
    }),
  };
}

interface NewChunk extends Chunk {
  readonly column: number;
}

/** Samples that an import process sent and that are not stored; chunks in their order. */
export function samplesFrom(info: SamplesInfo, chunks: readonly NewChunk[]): SampleTable {
  const of = (column: number) => chunks.filter((chunk) => chunk.column === column);
  const pieces = (column: number) => of(column).flatMap(decodePieces);
  const values = (column: number) =>
    Float64Array.from(of(column).flatMap((chunk) => [...decodeValues(chunk)]));
  const role = (name: (typeof SAMPLE_ROLES)[number]) =>
    textsFrom(pieces(info.columns.length + SAMPLE_ROLES.indexOf(name)));
  const names = role('name');
  return {
    rows: names.length,
    names,
    groups: role('group'),
    parts: role('part') as SampleTable['parts'],
    hashes: role('hash'),
    columns: info.columns.map((column, index) =>
      VALUES[column.kind](column, { pieces: () => pieces(index), values: () => values(index) }),
    ),
  };
}

/** Null where the version has series. */
export function samplesInfo(connection: Connection, versionId: DatasetVersionId): SamplesInfo | null {
  const text = connection.value<string | null>(
    "SELECT recipe -> '$.samples' FROM dataset_version WHERE id = ?",
    versionId,
  );
  return text ? (JSON.parse(text) as SamplesInfo) : null;
}

/** A column of the data may be called `name` too. */
const keyOf = (name: string, kind: string): string => JSON.stringify([name, kind]);

const utf8 = new TextDecoder();
const textsFrom = (pieces: readonly Uint8Array[]): string[] => pieces.map((piece) => utf8.decode(piece));

function chosen(
  { columns }: SamplesInfo,
  names: readonly string[] | undefined,
  dataset: string,
): readonly SampleColumn[] {
  if (names === undefined) return columns;
  return names.map((name) => {
    const column = columns.find((one) => one.name === name);
    if (column) return column;
    const known = columns.map((one) => one.name).join(', ');
    throw new HindcastError(
      'unknown-column',
      `The dataset "${dataset}" has no column "${name}"; its columns are ${known}.`,
      { details: { dataset, column: name } },
    );
  });
}

interface Content {
  pieces(): readonly Uint8Array[];
  values(): Float64Array;
}

const VALUES: Readonly<Record<SampleColumnKind, (column: SampleColumn, content: Content) => SampleValues>> = {
  text: ({ name }, { pieces }) => ({ name, kind: 'text', texts: textsFrom(pieces()) }),
  tokens: ({ name }, { pieces }) => ({
    name,
    kind: 'tokens',
    lists: textsFrom(pieces()).map((text) => JSON.parse(text) as readonly string[]),
  }),
  category: ({ name, categories }, { values }) => ({
    name,
    kind: 'category',
    codes: values(),
    categories: categories ?? [],
  }),
  labels: ({ name, categories }, { pieces }) => labelsFrom(name, categories ?? [], textsFrom(pieces())),
  numeric: ({ name }, { values }) => ({ name, kind: 'numeric', values: values() }),
  sequence: ({ name }, { pieces }) => ({ name, kind: 'sequence', sequences: pieces().map(rowsFrom) }),
  events: ({ name, fields = [] }, { pieces }) => ({
    name,
    kind: 'events',
    fields,
    events: pieces().map(rowsFrom),
  }),
  audio: ({ name }, { pieces }) => ({ name, kind: 'audio', clips: pieces().map(clipFrom) }),
  image: ({ name }, { pieces }) => ({ name, kind: 'image', pictures: pieces().map(pictureFrom) }),
  frames: ({ name }, { pieces }) => ({ name, kind: 'frames', pictures: pieces().map(pictureFrom) }),
};

function labelsFrom(name: string, labels: readonly string[], texts: readonly string[]): SampleValues {
  const codes = new Map(labels.map((label, code) => [label, code]));
  const sets = texts.map((text) =>
    (JSON.parse(text) as readonly string[])
      .map((label) => codes.get(label) ?? -1)
      .filter((code) => code >= 0),
  );
  return { name, kind: 'labels', sets, labels };
}

/** A piece may begin anywhere in a chunk: numbers want a buffer of their own. */
function parsed(piece: Uint8Array): { readonly head: number; readonly buffer: ArrayBuffer } {
  const { buffer } = new Uint8Array(piece);
  return { head: new DataView(buffer).getUint32(0, true), buffer };
}

function rowsFrom(piece: Uint8Array): NumberRows {
  const { head, buffer } = parsed(piece);
  return { channels: head, values: new Float32Array(buffer, 4) };
}

function clipFrom(piece: Uint8Array): Clip {
  const { head, buffer } = parsed(piece);
  return { rate: head, wave: new Int16Array(buffer, 4) };
}

const PICTURE_HEAD = 12;

export function pictureFrom(piece: Uint8Array): Picture {
  const { buffer } = new Uint8Array(piece);
  const head = new DataView(buffer);
  return {
    width: head.getUint32(0, true),
    height: head.getUint32(4, true),
    channels: head.getUint32(8, true),
    pixels: new Uint8Array(buffer, PICTURE_HEAD),
  };
}

function noSamples(dataset: string): HindcastError {
  const message = `The dataset "${dataset}" has series over time, and this task takes samples with labels; choose another dataset or another task.`;
  return new HindcastError('conflict', message, { details: { field: 'dataset.name' } });
}

/** Of what asks for series where there are samples. */
export function noSeries(dataset: string): HindcastError {
  const message = `The dataset "${dataset}" has samples without times, so that it has no series; choose another dataset or another task.`;
  return new HindcastError('conflict', message, { details: { field: 'dataset.name' } });
}
