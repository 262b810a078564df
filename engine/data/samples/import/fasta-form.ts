// Biological sequences: FASTA and FASTQ, plain or in gzip. Sequences may take several lines; letters are those of IUPAC, in capitals. The label
// stands in the header, or in a table beside the file that names the sequences; sequences without labels are samples too.
import { stat } from 'node:fs/promises';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { readFastaRecords, readFastqRecords, type SequenceRecord } from './fasta-records.ts';
import { type LabelTable, readLabelTable } from './label-table.ts';
import { readPlainText } from './plain-text.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const NAMES = /\.(fa|fasta|fna|ffn|faa|frn|fas|fq|fastq)(\.gz)?$/i;

export const fastaForm: SampleForm = {
  recognises: ({ name, isFolder, head }) =>
    !isFolder && (NAMES.test(name) || /^>[^\n]+\r?\n[A-Za-z*-]{4,}\s/.test(head.toString('latin1'))),
  isOnlySamples: true,
  read: readFasta,
};

const MOST_RAW = 2_000;
const LABEL = 'label';

async function readFasta(request: ReadRequest): Promise<RawSamples> {
  const { path, sample, progress } = request;
  const { text, recipe } = await readPlainText(path, sample);
  progress(0.5);
  const isFastq = text.trimStart().startsWith('@');
  const { records, setAside } = isFastq ? readFastqRecords(text) : readFastaRecords(text);
  if (records.length === 0 && setAside.length === 0) throw noRecord(path);
  const beside = await tableBeside(request, records);
  const labels = beside
    ? records.map(({ name }) => beside.labels.get(name) ?? '')
    : labelsInHeaders(records, request.options.labelColumn === LABEL);
  progress(1);
  return {
    form: isFastq ? 'FASTQ' : 'FASTA',
    names: ['name', ...(labels ? [LABEL] : []), 'sequence', ...(isFastq ? ['quality'] : [])],
    rows: records.map(({ name, letters, quality }, row) => [
      name,
      ...(labels ? [labels[row]!] : []),
      letters,
      ...(isFastq ? [quality ?? ''] : []),
    ]),
    lines: records.map(({ line }) => line),
    roles: { inputColumn: 'sequence', nameColumn: 'name', ...(labels && { labelColumn: LABEL }) },
    // A column that was named has to be there.
    isUnlabelled: labels === null && request.options.labelColumn === undefined,
    setAside: setAside.map((row): SetAsideRow => ({ ...row, raw: row.raw.slice(0, MOST_RAW) })),
    notes: beside ? [`The labels come from ${beside.fileName}.`] : [],
    recipe,
  };
}

/**
 * Null where no header has one: `label=EI` or `class: EI` is a label, also that of one record; what stands behind the last bar (`>seq1|EI`), or
 * the last word, is one where such words are classes, or were `asked` for.
 */
function labelsInHeaders(records: readonly SequenceRecord[], asked: boolean): string[] | null {
  const named = records.map(({ header }) => namedLabel(header));
  const lastIn = (header: string) => {
    const last = lastOf(header);
    return !asked && isOfMachine(last) ? '' : last;
  };
  const labels = named.map((label, row) => label ?? lastIn(records[row]!.header));
  const known = labels.filter((label) => label !== '');
  const isSaid = asked || named.some((label) => label !== null);
  return known.length > 0 && (isSaid || areClasses(known)) ? labels : null;
}

/** Read, filter, control and index of Illumina (`1:N:0:ATCACG`), and other fields between colons, such as run, lane and tile. */
const COLONS = /^(?:[1-4]:[YN]:\d+(?::[\w+-]*)?|[\w.#/-]*(?::[\w.+#/-]*){3,})$/;
/** `length=36`, `runid=ab12`: of a name that is no label's. */
const FIELD = /^[^\s=]+=/;
/** `name/1`: the first read of a pair. */
const MATE = /\/[12]$/;

const LANE = /^(?:L0*\d{1,3}|(?:lane|run|tile|flowcell)[_-]?\w*\d)$/i;
/** The index that tells samples of one run apart, with its errors of reading. */
const INDEX = /^[ACGTN]{5,}(?:[+-][ACGTN]{5,})?$/;
const OF_MACHINE = [COLONS, FIELD, MATE, LANE, INDEX];

/** What a sequencer writes of its reads is no class, though few such words come again and again. */
const isOfMachine = (word: string): boolean => OF_MACHINE.some((form) => form.test(word));

/** What differs from record to record describes it, and what is the same everywhere tells nothing apart. */
function areClasses(words: readonly string[]): boolean {
  const { size } = new Set(words);
  return size > 1 && size < words.length && size <= Math.max(2, words.length / 2);
}

const NAMED = /(?:^|[\s;|,[])(?:label|class|type|category|species|organism)\s*[=:]\s*("[^"]*"|[^\s;|,\]]+)/i;

const namedLabel = (header: string): string | null => NAMED.exec(header)?.[1]?.replace(/^"|"$/g, '') ?? null;

function lastOf(header: string): string {
  const bars = header.split('|').map((part) => part.trim());
  if (bars.length > 1) return bars.at(-1)!;
  const words = header.split(/\s+/);
  return words.length > 1 ? words.at(-1)! : '';
}

const BESIDE = ['.csv', '.tsv', '.labels.csv', '.labels.tsv'];

/** `genes.csv` beside `genes.fasta`, where it names the sequences. */
async function tableBeside(
  { path }: ReadRequest,
  records: readonly SequenceRecord[],
): Promise<LabelTable | null> {
  const stem = path.replace(NAMES, '');
  const names = new Set(records.map(({ name }) => name));
  for (const ending of BESIDE) {
    const found = await stat(stem + ending).catch(() => null);
    if (!found?.isFile()) continue;
    const table = await readLabelTable(stem + ending, names);
    if (table) return table;
  }
  return null;
}

function noRecord(path: string): HindcastError {
  const message = `${path.split(/[/\\]/).at(-1)} has no sequence: each begins with a line ">name" (FASTA) or "@name" (FASTQ).`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}
