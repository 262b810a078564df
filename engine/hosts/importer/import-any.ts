// Imports a file or folder as what it holds: series over time, or samples with labels.

import type { ImportRequest } from '../../contract/processes/importer.ts';
import { type ErrorCode, HindcastError } from '../../contract/values/errors.ts';
import { holdsTimes } from '../../data/import/container/json-times.ts';
import { importFile, type ReadingBy } from '../../data/import/import-file.ts';
import type { ImportSink } from '../../data/import/rows/sink.ts';
import { requireFileOrFolder } from '../../data/import/source/source.ts';
import {
  formOf,
  importSamples,
  tryImportEventLog,
  tryImportSamples,
} from '../../data/samples/import/import-samples.ts';
import { looksLikeEventLog, looksLikeTexts } from '../../data/samples/import/looks-like-texts.ts';

/** @throws HindcastError of the import; of one without times, labels and pairs the error of the series. */
export async function importAny(
  request: ImportRequest,
  sink: ImportSink,
  signal?: AbortSignal,
  by?: ReadingBy,
): Promise<void> {
  await requireFileOrFolder(request.path);
  const { as, sampleColumn, inputColumn, labelColumn, valueColumn, targetColumn } = request.options;
  if (as === 'series' || request.more?.length) return importFile(request, sink, signal, by);
  const isAsked =
    as !== undefined ||
    (sampleColumn ?? inputColumn ?? labelColumn ?? valueColumn ?? targetColumn) !== undefined;
  if (isAsked) return importSamples(request, sink, signal);
  const isOnlySamples = (await formOf(request.path)).isOnlySamples && !(await holdsTimes(request.path));
  if (isOnlySamples || (await looksLikeTexts(request)))
    return importSamples(request, sink, signal).catch((cause: unknown) => {
      throw ofSamples(cause);
    });
  if ((await looksLikeEventLog(request)) && (await tryImportEventLog(request, sink, signal))) return;
  return importFile(request, sink, signal, by).catch(async (cause: unknown) => {
    if (!isWithoutTimes(cause, request)) throw cause;
    const isImported = await tryImportSamples(request, sink, signal).catch((other: unknown) => {
      if (isWithoutTargets(other)) throw other;
      return false;
    });
    if (!isImported) throw cause;
  });
}

/** A pair of columns was found, one of which is empty: that says more than missing times. */
const isWithoutTargets = (cause: unknown): boolean =>
  cause instanceof HindcastError && cause.details?.field === 'targetColumn';

/** Says that it was read as samples, so that a form shows their fields. */
function ofSamples(cause: unknown): unknown {
  if (!(cause instanceof HindcastError)) return cause;
  const { code, message, details } = cause;
  return new HindcastError(code, message, { details: { ...details, readAs: 'samples' }, cause });
}

/** Names that come twice may be a row of words. */
const WITHOUT_SERIES: readonly ErrorCode[] = ['no-time-column', 'no-numeric-column', 'duplicate-column'];

/** What was named of times says that there are some. */
function isWithoutTimes(cause: unknown, { options }: ImportRequest): boolean {
  const { timeColumn, timeFormat, seriesColumn } = options;
  const isNamed = timeColumn ?? timeFormat ?? seriesColumn;
  if (!(cause instanceof HindcastError) || isNamed !== undefined) return false;
  // Quotes that open a cell and close in its middle leave a series no row; they are signs of a text.
  return WITHOUT_SERIES.includes(cause.code) || cause.details?.rows === 0;
}
