// datasets.preview: an import process reads and describes the file, and is ended before anything is stored.
import { basename } from 'node:path';
import type { ImportOptions, ImportSource, ReadingProgress } from '../../contract/datasets/dataset.ts';
import type { ImportPreview } from '../../contract/datasets/views.ts';
import type { DescribedSamples, FromImporter } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { decodeTimes, decodeValues } from '../../store/datasets/chunk-codec.ts';
import type { EngineContext } from '../context.ts';
import { pathOf, runImporter } from '../processes/run-importer.ts';
import { wholeOf } from '../samples/sample-views.ts';
import { createWatched } from '../watched.ts';

type Described = Extract<FromImporter, { type: 'described' }>;
type Chunk = Extract<FromImporter, { type: 'chunk' }>;

const HEAD_ROWS = 6;

interface PreviewRequest {
  readonly source: ImportSource;
  readonly options: ImportOptions;
  readonly watch?: string | undefined;
}

const readings = createWatched<ReadingProgress>();

export const previewProgress = readings.progress;

export const previewImport = (
  context: EngineContext,
  request: PreviewRequest,
  signal: AbortSignal | undefined,
): Promise<ImportPreview> =>
  readings.during(request.watch, (reached) => readPreview(context, request, { signal, reached }));

interface Reading {
  readonly signal: AbortSignal | undefined;
  reached(progress: ReadingProgress): void;
}

async function readPreview(
  { host }: EngineContext,
  { source, options }: PreviewRequest,
  { signal, reached }: Reading,
): Promise<ImportPreview> {
  const cancelled = `The preview of ${basename(pathOf(host, source))} was cancelled.`;
  let described: Described | undefined;
  const heads = new Map<number, string[]>();
  for await (const message of runImporter(host, { source, options, signal, cancelled, examples: true })) {
    if (message.type === 'progress') reached(progressIn(message));
    if (message.type === 'described') described = message;
    if (described?.samples) return ofSamples(described, described.samples);
    if (message.type !== 'chunk' || !described) continue;
    if (message.series === 0 && message.position === 0) heads.set(message.column, headOf(message, described));
    if (heads.size === columnsOf(described).length) break;
  }
  if (described) return previewOf(described, heads);
  throw new HindcastError('internal', 'The import process described nothing: import the file again.');
}

const progressIn = ({ phase, rows, fraction }: Extract<FromImporter, { type: 'progress' }>) => ({
  phase,
  rows,
  fraction,
});

function ofSamples({ recipe, report }: Described, { info, shown }: DescribedSamples): ImportPreview {
  const { head = [], examples = [] } = shown ?? {};
  return {
    recipe,
    report,
    seriesInfo: [],
    lines: [],
    samples: info,
    examples: examples.map((example) => ({ ...example, content: wholeOf(example.content) })),
    head: { columns: info.columns.map(({ name }) => name), rows: head.map((row) => [...row]) },
  };
}

function previewOf(described: Described, heads: ReadonlyMap<number, string[]>): ImportPreview {
  const columns = columnsOf(described);
  const texts = columns.map(({ index }) => heads.get(index) ?? []);
  return {
    recipe: described.recipe,
    report: described.report,
    seriesInfo: [...described.series],
    lines: [...(described.firstLines ?? [])],
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

/** What is shown of the first series. */
function columnsOf({ series, recipe }: Described): ShownColumn[] {
  const columns = series[0]?.columns ?? [];
  const values = columns.map(({ name, categories }, index) => ({ index, name, categories }));
  return [{ index: -1, name: recipe.timeColumn, categories: null }, ...values];
}

/** The first values of a column as text; empty where missing. */
function headOf(chunk: Chunk, described: Described): string[] {
  const rows = Math.min(HEAD_ROWS, chunk.rows);
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
