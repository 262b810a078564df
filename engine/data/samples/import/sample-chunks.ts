// Cuts columns of samples into chunks of a few megabytes and encodes them.
import {
  type ChunkEncoding,
  type ImportedChunk,
  ROWS_PER_CHUNK,
} from '../../../contract/processes/importer.ts';
import { ENCODING_OF, type Picture, type SampleTable, type SampleValues } from '../sample-table.ts';

const MOST_BYTES = 4 * 2 ** 20;

interface Encoded {
  readonly encoding: ChunkEncoding;
  /** Bytes of a row. */
  sizeOf(row: number): number;
  encode(from: number, to: number): Uint8Array;
}

/** All chunks, column by column: values, then names, groups, parts and hashes. */
export function chunksOfSamples(table: SampleTable): Omit<ImportedChunk, 'chunk'>[] {
  const texts = [table.names, table.groups, table.parts, table.hashes].map(encodeTexts);
  return [...table.columns.map(encodeColumn), ...texts].flatMap((column, index) =>
    cuts(column, table.rows).map(([from, to], position) => ({
      series: 0,
      column: index,
      position,
      rows: to - from,
      encoding: column.encoding,
      data: column.encode(from, to),
    })),
  );
}

function cuts({ sizeOf }: Encoded, rows: number): [from: number, to: number][] {
  const found: [number, number][] = [];
  let from = 0;
  let bytes = 0;
  for (let row = 0; row < rows; row++) {
    const size = sizeOf(row);
    if (row > from && (row - from === ROWS_PER_CHUNK || bytes + size > MOST_BYTES)) {
      found.push([from, row]);
      from = row;
      bytes = 0;
    }
    bytes += size;
  }
  return [...found, [from, rows]];
}

function encodeColumn(column: SampleValues): Encoded {
  const encoding = ENCODING_OF[column.kind];
  switch (column.kind) {
    case 'text':
      return encodeTexts(column.texts);
    case 'tokens':
      return encodeTexts(column.lists.map((items) => JSON.stringify(items)));
    case 'labels':
      return encodeTexts(
        column.sets.map((codes) => JSON.stringify(codes.map((code) => column.labels[code]))),
      );
    case 'category':
      return {
        encoding,
        sizeOf: () => 4,
        encode: (from, to) =>
          new Uint8Array(
            Int32Array.from(column.codes.subarray(from, to), (code) => (Number.isNaN(code) ? -1 : code))
              .buffer,
          ),
      };
    case 'numeric':
      return {
        encoding,
        sizeOf: () => 8,
        encode: (from, to) => encodeNumbers(column.values.subarray(from, to)),
      };
    case 'sequence':
      return encodePieces(encoding, (row) =>
        headed(column.sequences[row]!.channels, column.sequences[row]!.values),
      );
    case 'events':
      return encodePieces(encoding, (row) =>
        headed(column.events[row]!.channels, column.events[row]!.values),
      );
    case 'audio':
      return encodePieces(encoding, (row) => headed(column.clips[row]!.rate, column.clips[row]!.wave));
    case 'image':
    case 'frames':
      return encodePieces(encoding, (row) => pieceOfPicture(column.pictures[row]!));
  }
}

const utf8 = new TextEncoder();
const encodeTexts = (texts: readonly string[]): Encoded =>
  encodePieces('text-utf8', (row) => utf8.encode(texts[row]));

function encodePieces(encoding: ChunkEncoding, pieceOf: (row: number) => Uint8Array): Encoded {
  return {
    encoding,
    sizeOf: (row) => 4 + pieceOf(row).length,
    encode(from, to) {
      const pieces = Array.from({ length: to - from }, (_, index) => pieceOf(from + index));
      const lengths = Uint32Array.from(pieces, ({ length }) => length);
      return new Uint8Array(Buffer.concat([new Uint8Array(lengths.buffer), ...pieces]));
    },
  };
}

function headed(head: number, { buffer, byteOffset, byteLength }: Float32Array | Int16Array): Uint8Array {
  const bytes = new Uint8Array(4 + byteLength);
  new DataView(bytes.buffer).setUint32(0, head, true);
  bytes.set(new Uint8Array(buffer, byteOffset, byteLength), 4);
  return bytes;
}

function pieceOfPicture({ width, height, channels, pixels }: Picture): Uint8Array {
  const bytes = new Uint8Array(12 + pixels.length);
  const head = new DataView(bytes.buffer);
  for (const [index, value] of [width, height, channels].entries()) head.setUint32(4 * index, value, true);
  bytes.set(pixels, 12);
  return bytes;
}

/** Values, 0 where missing, then a bit for each that is there. */
function encodeNumbers(values: Float64Array): Uint8Array {
  const data = new Uint8Array(values.length * 8 + Math.ceil(values.length / 8));
  data.set(new Uint8Array(Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value)).buffer));
  values.forEach((value, row) => {
    if (!Number.isNaN(value)) data[values.length * 8 + (row >> 3)]! |= 1 << (row & 7);
  });
  return data;
}
