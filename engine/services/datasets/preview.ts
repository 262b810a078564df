// datasets.preview: an import process reads and describes the file, and is ended before anything is stored.
import { basename } from 'node:path';
import type { ImportOptions, ImportSource } from '../../contract/datasets/dataset.ts';
import type { ImportPreview } from '../../contract/datasets/views.ts';
import type { FromImporter } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { frameAt, pictureText } from '../../data/samples/pictures/frames-in.ts';
import { decodePieces, decodeTimes, decodeValues } from '../../store/datasets/chunk-codec.ts';
import { pictureFrom } from '../../store/datasets/sample-reader.ts';
import type { EngineContext } from '../context.ts';
import { pathOf, runImporter } from '../processes/run-importer.ts';

type Described = Extract<FromImporter, { type: 'described' }>;
type Chunk = Extract<FromImporter, { type: 'chunk' }>;

const HEAD_ROWS = 6;

export async function previewImport(
  { host }: EngineContext,
  request: { readonly source: ImportSource; readonly options: ImportOptions },
  signal: AbortSignal | undefined,
): Promise<ImportPreview> {
  const { source, options } = request;
  const cancelled = `The preview of ${basename(pathOf(host, source))} was cancelled.`;
  let described: Described | undefined;
  const heads = new Map<number, string[]>();
  let pictures: ImportPreview['pictures'];
  for await (const message of runImporter(host, { source, options, signal, cancelled })) {
    if (message.type === 'described') described = message;
    if (message.type !== 'chunk' || !described) continue;
    if (message.series === 0 && message.position === 0) heads.set(message.column, headOf(message, described));
    if (message.type === 'chunk' && message.encoding === 'u8-frames') pictures ??= stillsOf(message);
    if (heads.size === columnsOf(described).length) break;
  }
  if (described) return { ...previewOf(described, heads), ...(pictures && { pictures }) };
  throw new HindcastError('internal', 'The import process described nothing: import the file again.');
}

/** The first frames of the first pictures. */
function stillsOf(chunk: Chunk): ImportPreview['pictures'] {
  const some = decodePieces(chunk).slice(0, HEAD_ROWS).map(pictureFrom);
  const [first] = some;
  if (!first) return undefined;
  const { width, height, channels } = first;
  return { width, height, channels, pixels: new Blob(some.map((picture) => frameAt(picture, 0).slice())) };
}

function previewOf(described: Described, heads: ReadonlyMap<number, string[]>): ImportPreview {
  const columns = columnsOf(described);
  const texts = columns.map(({ index }) => heads.get(index) ?? []);
  return {
    recipe: described.recipe,
    report: described.report,
    seriesInfo: [...described.series],
    lines: [...(described.firstLines ?? [])],
    ...(described.samples && { samples: described.samples.info }),
    head: {
      columns: columns.map(({ name }) => name),
      rows: Array.from({ length: texts[0]?.length ?? 0 }, (_, row) =>
        texts.map((column) => column[row] ?? ''),
      ),
    },
  };
}

interface ShownColumn {
  readonly index: number;
  readonly name: string;
  readonly categories: readonly string[] | null;
}

/** What is shown of the first series, or of the samples. */
function columnsOf({ series, samples, recipe }: Described): ShownColumn[] {
  const columns = samples?.info.columns ?? series[0]?.columns ?? [];
  const values = columns.map(({ name, categories }, index) => ({ index, name, categories }));
  return samples ? values : [{ index: -1, name: recipe.timeColumn, categories: null }, ...values];
}

const PIECES: Readonly<Record<string, (piece: Uint8Array) => string>> = {
  'text-utf8': (piece) => new TextDecoder().decode(piece),
  'f32-rows': (piece) => `${(piece.length - 4) / 4} numbers`,
  'pcm-s16': (piece) => {
    const rate = new DataView(piece.buffer, piece.byteOffset).getUint32(0, true);
    return `${((piece.length - 4) / 2 / Math.max(1, rate)).toFixed(2)} s`;
  },
  'u8-frames': (piece) => pictureText(pictureFrom(piece)),
};
const MOST_CHARACTERS = 300;

/** The first values of a column as text; empty where missing. */
function headOf(chunk: Chunk, described: Described): string[] {
  const rows = Math.min(HEAD_ROWS, chunk.rows);
  const textOf = PIECES[chunk.encoding];
  if (textOf) {
    return decodePieces(chunk)
      .slice(0, rows)
      .map((piece) => textOf(piece).slice(0, MOST_CHARACTERS));
  }
  if (chunk.column === -1) {
    return timeTexts(Array.from(decodeTimes(chunk).subarray(0, rows), (time) => Number(time / 1000n)));
  }
  const categories = columnsOf(described).find(({ index }) => index === chunk.column)?.categories;
  return Array.from(decodeValues(chunk).subarray(0, rows), (value) => {
    if (Number.isNaN(value)) return '';
    return categories ? (categories[value] ?? '') : String(value);
  });
}

/** Days where all of them begin one. */
function timeTexts(ms: readonly number[]): string[] {
  const texts = ms.map((one) => new Date(one).toISOString());
  const areDays = texts.every((text) => text.endsWith('T00:00:00.000Z'));
  return texts.map((text) => (areDays ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')));
}
