// A CSV or TSV file with a sample in each row.
import { join } from 'node:path';
import { formOf, type SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { cellsOf, type Dialect, type TextFile } from '../../import/source/dialect.ts';
import { transcode } from '../../import/source/encoding.ts';
import { encodingNotes } from '../../import/source/encoding-notes.ts';
import { splitRecord } from '../../import/source/record.ts';
import { inspectSource } from '../../import/source/source.ts';
import { rawText, visitRows } from '../../import/table/table-check.ts';
import { detectSampleTable } from './false-header.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

export const tableForm: SampleForm = {
  recognises: ({ isFolder }) => !isFolder,
  isOnlySamples: false,
  read: readTable,
};

async function readTable(request: ReadRequest): Promise<RawSamples> {
  const { path, sample, options, signal, folder } = request;
  const source = await inspectSource(path, options, (share) => request.progress(0.5 * share), signal);
  const isPlain = source.encoding === 'utf-8' && source.isValid && !source.hasZeros;
  const copy = join(folder, 'samples.csv');
  if (!isPlain) await transcode(path, copy, source, signal);
  const { fileName, bytes, hasByteOrderMark } = source;
  const text: TextFile = {
    path: isPlain ? path : copy,
    fileName,
    bytes,
    skip: isPlain && hasByteOrderMark ? 3 : 0,
    firstLine: 1,
  };
  const { file, dialect } = await detectSampleTable(text, options);
  const read = await readRows(file, dialect, request);
  return {
    form: 'a table',
    names: dialect.names,
    ...read,
    roles: {},
    notes: [...(await encodingNotes(source, text, signal)), ...dialect.notes],
    recipe: {
      source: { path: sourceName(path), bytes, sha256: await source.sha256, sample },
      delimiter: dialect.delimiter,
      layout: 'wide',
      timeColumn: '',
      timeFormat: '',
      timeZone: 'UTC',
      seriesColumn: null,
      ...formOf(options),
    },
  };
}

/** Of records that cannot be read. */
const MOST_KEPT = 1_000;

async function readRows(file: TextFile, dialect: Dialect, { signal, progress }: ReadRequest) {
  const rows: string[][] = [];
  const lines: number[] = [];
  const setAside: SetAsideRow[] = [];
  const { delimiter, names } = dialect;
  await visitRows(
    file,
    dialect,
    (record, buffer, line, problem) => {
      const text = () => buffer.toString('utf8', record.start, record.end);
      // Files with tabs seldom quote: a lone quote is a letter of the text.
      const isLoose = record.brokenQuote && delimiter === '\t';
      const fields =
        problem !== null && !isLoose ? null : isLoose ? cellsOf(text()) : splitRecord(text(), delimiter);
      if (fields?.length === names.length) {
        rows.push(fields);
        lines.push(line);
      } else {
        const reason = problem ?? `has ${fields?.length} fields where ${names.length} are expected`;
        const raw = setAside.length < MOST_KEPT ? rawText(buffer, record.start, record.end) : '';
        setAside.push({ line, column: null, reason, raw });
      }
      return undefined;
    },
    { signal, progress: (done) => progress(0.5 + 0.5 * Math.min(1, done / Math.max(1, file.bytes))) },
  );
  return { rows, lines, setAside };
}
