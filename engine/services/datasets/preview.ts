// datasets.preview: an import process reads and describes the file, and is ended before anything is stored.
import { basename } from 'node:path';
import type { ImportOptions, ImportSource } from '../../contract/dataset.ts';
import { HindcastError } from '../../contract/errors.ts';
import type { FromImporter } from '../../contract/processes/importer.ts';
import type { ImportPreview } from '../../contract/views.ts';
import { decodeTimes, decodeValues } from '../../store/chunk-codec.ts';
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
  for await (const message of runImporter(host, { source, options, signal, cancelled })) {
    if (message.type === 'described') described = message;
    if (message.type !== 'chunk' || !described) continue;
    if (message.series === 0 && message.position === 0) heads.set(message.column, headOf(message, described));
    const wanted = (described.series[0]?.columns.length ?? 0) + 1;
    if (heads.size === wanted) break;
  }
  if (described) return previewOf(described, heads);
  throw new HindcastError('internal', 'The import process described nothing: import the file again.');
}

function previewOf(described: Described, heads: ReadonlyMap<number, string[]>): ImportPreview {
  const [first] = described.series;
  const names = first?.columns.map(({ name }) => name) ?? [];
  const texts = [heads.get(-1) ?? [], ...names.map((_, column) => heads.get(column) ?? [])];
  return {
    recipe: described.recipe,
    report: described.report,
    seriesInfo: [...described.series],
    head: {
      columns: [described.recipe.timeColumn, ...names],
      rows: Array.from({ length: texts[0]?.length ?? 0 }, (_, row) =>
        texts.map((column) => column[row] ?? ''),
      ),
    },
  };
}

/** The first values of a column as text; empty where missing. */
function headOf(chunk: Chunk, { series }: Described): string[] {
  const rows = Math.min(HEAD_ROWS, chunk.rows);
  if (chunk.column === -1) {
    return Array.from(decodeTimes(chunk).subarray(0, rows), (time) => timeText(Number(time / 1000n)));
  }
  const categories = series[0]?.columns[chunk.column]?.categories;
  return Array.from(decodeValues(chunk).subarray(0, rows), (value) => {
    if (Number.isNaN(value)) return '';
    return categories ? (categories[value] ?? '') : String(value);
  });
}

function timeText(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
