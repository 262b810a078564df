// From a table of texts to samples: columns get kinds, labels one spelling, and rows that cannot be learned from are set aside.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type ImportReport, NO_LINE, type SetAsideRow } from '../../../contract/datasets/dataset.ts';
import {
  type AskedOfSamples,
  GIVEN_PARTS,
  type SampleColumn,
  type SampleColumnKind,
  type SamplesInfo,
} from '../../../contract/datasets/samples.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isMissing } from '../../import/columns/number-style.ts';
import { nameList } from '../../pipeline/did-you-mean.ts';
import { nearDuplicates } from '../near-duplicates.ts';
import { framesIn } from '../pictures/frames-in.ts';
import type { EventField, Picture, SampleTable, SampleValues } from '../sample-table.ts';
import { faultOf, spacedTokens, tokensOf } from '../token-lists.ts';
import { describePairs, sideOf } from './describe-pairs.ts';
import { type FoundColumns, findColumns } from './find-columns.ts';
import { columnsText, type Roles, shownNames } from './find-roles.ts';
import { categoryColumn, type LabelValues, labelValues } from './label-values.ts';
import { packNumbers } from './pack-numbers.ts';
import { partOf } from './part-names.ts';
import type { RawSamples, ReadRequest } from './raw-samples.ts';
import { isNumber, type TextColumn } from './text-columns.ts';

export interface ShapedSamples {
  readonly table: SampleTable;
  readonly info: SamplesInfo;
  readonly report: ImportReport;
}

const MOST_RAW = 2_000;
const MOST_REPORTED = 1_000;

/** Null where no column can be the label or the input. @throws HindcastError for what was named and is not there, and where no row is left. */
export function shapeSamples(
  given: RawSamples,
  request: Pick<ReadRequest, 'path' | 'options'>,
): ShapedSamples | null {
  if (given.rows.length === 0 && given.setAside.length > 0)
    throw noRowLeft(basename(request.path), reportOf(given, 0, given.setAside));
  const found = findColumns(given, request);
  if (found === null) return null;
  const { raw, columns, roles, labelsOf, numbers } = found;
  const { kept, setAside } = sift(found);
  const report = reportOf(raw, kept.length, [...raw.setAside, ...setAside]);
  if (kept.length === 0) throw noSample(basename(request.path), report, found);
  const { label } = roles;
  const labels =
    label === null
      ? null
      : labelValues(
          columns[label]!.name,
          kept.map((row) => raw.rows[row]![label]!),
          labelsOf,
        );
  const values = valuesOf(raw, { columns, roles, kept, labels, numbers });
  const table = tableOf(raw, { roles, kept, values });
  const info = infoOf(raw.form, {
    table,
    roles,
    names: raw.names,
    input: inputOf(values),
    labels,
    isChosen: raw.input === undefined && Object.keys(given.roles).length === 0,
    columns: given.names,
    chosenFrom: raw.chosenFrom,
    asked: { ...askedOf(request.options), ...raw.asked },
  });
  // Of what is to be answered labels may be missing.
  const ofLabels =
    labels && !request.options.unlabelled
      ? [...labels.notes, ...dataNotes(info, table, labels.texts), ...nearNotes(table)]
      : [];
  return { table, info, report: { ...report, notes: [...raw.notes, ...ofLabels] } };
}

/** It stands first, where it is no text of its own. */
const inputOf = ([first]: readonly SampleValues[]): string | undefined =>
  first && DECODED.includes(first.kind) ? first.name : undefined;

const DECODED: readonly SampleColumnKind[] = ['sequence', 'events', 'audio', 'image', 'frames'];

/** @throws HindcastError that says which columns there are. */
export function noRoles(raw: RawSamples, path: string): HindcastError {
  const names = shownNames(raw.names);
  const message = `${basename(path)} has no times, and no column of texts or numbers beside a column of labels was found; ${columnsText(names)}. Name them (in a terminal: --input-column, and --label-column, --target-column for texts that are to be written, or --value-column for numbers).`;
  return new HindcastError('file-unreadable', message, { details: { columns: names } });
}

/** Rows with a label and an input, and why the others have none. */
function sift({ raw, columns, roles, labelsOf, isLabelNeeded }: FoundColumns) {
  const { input, target = null, label, value = null, part } = roles;
  const kept: number[] = [];
  const setAside: SetAsideRow[] = [];
  for (const [row, cells] of raw.rows.entries()) {
    const problem = problemOf(cells);
    if (problem === null) kept.push(row);
    else setAside.push({ line: raw.lines[row]!, ...problem, raw: rawOf(row, cells).slice(0, MOST_RAW) });
  }
  return { kept, setAside };

  /** Of a file its path, which stands first. */
  function rawOf(row: number, cells: readonly string[]): string {
    return raw.lines[row] === NO_LINE ? cells[0]! : cells.join(raw.recipe.delimiter || ' ');
  }

  function problemOf(cells: readonly string[]): { column: string; reason: string } | null {
    if (isLabelNeeded && label !== null && labelsOf === null && isMissing((cells[label] ?? '').trim()))
      return { column: columns[label]!.name, reason: 'it has no label' };
    if (isLabelNeeded && value !== null && !isNumber(cells[value] ?? ''))
      return { column: columns[value]!.name, reason: 'it has no number to be estimated' };
    for (const index of [input, target]) {
      const column = index === null ? undefined : columns[index];
      const reason = column?.kind === 'tokens' ? faultOf(cells[index!] ?? '') : null;
      if (reason !== null) return { column: column!.name, reason };
    }
    if (input !== null && (cells[input] ?? '').trim() === '')
      return { column: columns[input]!.name, reason: 'its text is empty' };
    if (target !== null && (cells[target] ?? '').trim() === '')
      return { column: columns[target]!.name, reason: 'nothing is to be written for it' };
    const given = part === null ? '' : (cells[part] ?? '').trim();
    if (given !== '' && partOf(given) === '')
      return { column: columns[part!]!.name, reason: `"${given}" names no part: train, validation or test` };
    return null;
  }
}

function reportOf({ rows, setAside }: RawSamples, kept: number, all: readonly SetAsideRow[]): ImportReport {
  return {
    rowsRead: rows.length + setAside.length,
    rowsKept: kept,
    rowsSetAside: all.length,
    setAside: all.slice(0, MOST_REPORTED),
    notes: [],
  };
}

interface Kept {
  readonly columns: readonly TextColumn[];
  readonly roles: Roles;
  readonly kept: readonly number[];
  readonly labels: LabelValues | null;
  readonly numbers: readonly number[] | undefined;
}

/** The input first, the label last; columns that only name, group or split a sample are no values. */
function valuesOf(raw: RawSamples, { columns, roles, kept, labels, numbers }: Kept): SampleValues[] {
  const { input, target = null, label, value = null } = roles;
  const cells = (column: number) => kept.map((row) => raw.rows[row]![column] ?? '');
  const special = [input, target, label, value, roles.name, roles.part, roles.group];
  const decoded = decodedInput(raw, kept);
  // Beside what is decoded only lists of tokens are kept.
  const free = [...columns.keys()].filter(
    (index) =>
      !special.includes(index) &&
      columns[index]!.known > 0 &&
      (decoded === null || columns[index]!.kind === 'tokens'),
  );
  const packed = input === null ? packNumbers(numbersOf(numbers ?? numericOf(free))) : null;
  const others = free
    .filter((index) => !(packed?.isSeries && columns[index]!.kind === 'numeric'))
    .map((index) => valueColumn(columns[index]!, cells(index)));
  return [
    ...(decoded ? [decoded] : packed ? [packed.column] : []),
    ...[input, target]
      .filter((index) => index !== null)
      .map((index) => readColumn(columns[index]!, cells(index))),
    ...others,
    ...(value === null ? [] : [numericColumn(columns[value]!.name, cells(value))]),
    ...(labels ? [labels.column] : []),
  ];

  function numericOf(indices: readonly number[]) {
    return indices.filter((index) => columns[index]!.kind === 'numeric');
  }

  function numbersOf(indices: readonly number[]) {
    return indices.map((index) => ({ name: columns[index]!.name, cells: cells(index) }));
  }
}

function decodedInput({ input }: RawSamples, kept: readonly number[]): SampleValues | null {
  if (input === undefined) return null;
  const { name } = input;
  switch (input.kind) {
    case 'audio':
      return { name, kind: input.kind, clips: kept.map((row) => input.values[row]!) };
    case 'events':
      return {
        name,
        kind: input.kind,
        fields: input.fields,
        events: kept.map((row) => input.values[row]!),
      };
    case 'sequence':
      return { name, kind: input.kind, sequences: kept.map((row) => input.values[row]!) };
    default:
      return { name, kind: input.kind, pictures: kept.map((row) => input.values[row]!) };
  }
}

/** What is read or written: words are texts too. */
const readColumn = (column: TextColumn, cells: readonly string[]): SampleValues =>
  column.kind === 'tokens' ? valueColumn(column, cells) : { name: column.name, kind: 'text', texts: cells };

function valueColumn({ name, kind }: TextColumn, cells: readonly string[]): SampleValues {
  if (kind === 'text') return { name, kind, texts: cells };
  if (kind === 'tokens')
    return { name, kind, lists: cells.map((cell) => (faultOf(cell) === null ? tokensOf(cell) : [])) };
  if (kind === 'category')
    return categoryColumn(
      name,
      cells.map((cell) => cell.trim()),
    );
  return numericColumn(name, cells);
}

const numericColumn = (name: string, cells: readonly string[]): SampleValues => ({
  name,
  kind: 'numeric',
  values: Float64Array.from(cells, (cell) => (isMissing(cell.trim()) ? Number.NaN : Number(cell))),
});

interface Valued {
  readonly roles: Roles;
  readonly kept: readonly number[];
  readonly values: readonly SampleValues[];
}

function tableOf(raw: RawSamples, { roles, kept, values }: Valued): SampleTable {
  const cell = (column: number | null, row: number): string =>
    column === null ? '' : (raw.rows[row]![column] ?? '').trim();
  // The input stands first.
  const [first] = values;
  return {
    rows: kept.length,
    names: kept.map(
      (row) => cell(roles.name, row) || `${raw.recipe.delimiter === '' ? 'item' : 'line'} ${raw.lines[row]}`,
    ),
    groups: kept.map((row) => cell(roles.group, row)),
    parts: kept.map((row) => partOf(cell(roles.part, row))),
    hashes: kept.map((_, index) => (first ? hashOf(first, index) : '')),
    columns: values,
  };
}

const hashOf = (input: SampleValues, row: number): string =>
  createHash('sha256').update(bytesOf(input, row)).digest('hex');

function bytesOf(column: SampleValues, row: number): string | Uint8Array {
  switch (column.kind) {
    case 'text':
      return column.texts[row]!.trim();
    case 'tokens':
      return JSON.stringify(column.lists[row]);
    case 'category':
      return `${column.categories[column.codes[row]!] ?? ''}\n`;
    case 'labels':
      return JSON.stringify(column.sets[row]!.map((code) => column.labels[code]));
    case 'numeric':
      return `${column.values[row]}\n`;
    case 'sequence':
      return viewOf(column.sequences[row]!.values);
    case 'events':
      return viewOf(column.events[row]!.values);
    case 'audio':
      return viewOf(column.clips[row]!.wave);
    case 'image':
    case 'frames':
      return column.pictures[row]!.pixels;
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

interface Described {
  readonly table: SampleTable;
  readonly roles: Roles;
  readonly names: readonly string[];
  readonly input: string | undefined;
  readonly labels: LabelValues | null;
  /** The columns were not named by the form. */
  readonly isChosen: boolean;
  /** Of the file. */
  readonly columns: readonly string[];
  /** Where the form names its columns, but made them of these. */
  readonly chosenFrom: readonly string[] | undefined;
  readonly asked: AskedOfSamples;
}

function askedOf({ as, pictureSize, pictureColour, ungrouped }: ReadRequest['options']): AskedOfSamples {
  return {
    // Of a table its columns say so.
    ...(as !== undefined && as !== 'samples' && { as }),
    ...(pictureSize !== undefined && { pictureSize }),
    ...(pictureColour !== undefined && { pictureColour }),
    ...(ungrouped !== undefined && { ungrouped }),
  };
}

function infoOf(
  form: string,
  { table, roles, names, input, labels, isChosen, columns, chosenFrom, asked }: Described,
): SamplesInfo {
  const value = roles.value ?? null;
  const nameOf = (column: number | null): string | null => (column === null ? null : names[column]!);
  const groups = new Set(table.groups.filter((group) => group !== ''));
  return {
    form,
    input: input ?? nameOf(roles.input),
    label: nameOf(roles.label),
    ...(value !== null && { value: names[value]! }),
    group: groups.size > 1 ? (nameOf(roles.group) ?? null) : null,
    groups: groups.size,
    ...(isChosen && roles.part !== null && { part: names[roles.part]! }),
    parts: GIVEN_PARTS.map((part) => ({
      part,
      samples: table.parts.filter((one) => one === part).length,
    })).filter(({ samples }) => samples > 0),
    classes: [...(labels?.classes ?? [])],
    duplicates: table.rows - new Set(table.hashes).size,
    columns: table.columns.map(describeValues),
    ...pairsOf(nameOf(roles.input), nameOf(roles.target ?? null), table),
    ...(isChosen ? { chosenFrom: [...columns] } : chosenFrom && { chosenFrom: [...chosenFrom] }),
    ...(Object.keys(asked).length > 0 && { asked }),
  };
}

function pairsOf(input: string | null, target: string | null, { columns }: SampleTable) {
  const textsOf = (name: string | null) => {
    const column = columns.find((one) => one.name === name);
    if (column?.kind === 'tokens') return column.lists.map(spacedTokens);
    return column?.kind === 'text' ? column.texts : null;
  };
  const [sources, targets] = [textsOf(input), textsOf(target)];
  if (target === null || !targets) return {};
  return sources
    ? { pairs: describePairs(target, sources, targets) }
    : { captions: { target, written: sideOf(targets) } };
}

function describeValues(column: SampleValues): SampleColumn {
  const sizes = sizesOf(column);
  const known = sizes.filter(Number.isFinite);
  const sum = known.reduce((total, size) => total + size, 0);
  const isCategory = column.kind === 'category';
  return {
    name: column.name,
    kind: column.kind,
    missing: sizes.length - known.length,
    min: isCategory || known.length === 0 ? null : known.reduce((least, size) => Math.min(least, size)),
    mean: isCategory || known.length === 0 ? null : sum / known.length,
    max: isCategory || known.length === 0 ? null : known.reduce((most, size) => Math.max(most, size)),
    categories: isCategory ? [...column.categories] : column.kind === 'labels' ? [...column.labels] : null,
    ...lettersOf(column),
    ...(column.kind === 'tokens' && { items: new Set(column.lists.flat()).size }),
    ...(column.kind === 'events' && { fields: column.fields.map(copiedField) }),
    ...('pictures' in column && column.pictures[0] && { picture: formOfPicture(column.pictures[0]) }),
  };
}

const copiedField = ({ name, categories }: EventField) => ({
  name,
  categories: categories && [...categories],
});

/** Longer texts are read by words, whatever their letters. */
const SHORT_TEXT = 400;

function lettersOf(column: SampleValues): { readonly letters?: number } {
  if (column.kind !== 'text' || column.texts.some(({ length }) => length > SHORT_TEXT)) return {};
  const letters = new Set<string>();
  for (const text of column.texts) for (const letter of text) letters.add(letter);
  return { letters: letters.size };
}

const formOfPicture = ({ width, height, channels }: Picture) => ({ width, height, channels });

function sizesOf(column: SampleValues): number[] {
  switch (column.kind) {
    case 'text':
      return column.texts.map((text) => text.length);
    case 'tokens':
      return column.lists.map(({ length }) => length || Number.NaN);
    case 'category':
      return [...column.codes];
    case 'labels':
      return column.sets.map(({ length }) => length);
    case 'numeric':
      return [...column.values];
    case 'sequence':
      return column.sequences.map(({ channels, values }) => values.length / Math.max(1, channels));
    case 'events':
      return column.events.map(({ channels, values }) => values.length / channels);
    case 'audio':
      return column.clips.map(({ rate, wave }) => wave.length / rate);
    case 'image':
      return column.pictures.map(({ width, height }) => Math.max(width, height));
    case 'frames':
      return column.pictures.map(framesIn);
  }
}

function dataNotes(
  { classes, columns, duplicates, label }: SamplesInfo,
  { hashes }: SampleTable,
  labels: readonly string[],
): string[] {
  const [first] = classes;
  const notes: string[] = [];
  const samples = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'sample' : 'samples'}`;
  if (label === null) return notes;
  const isOne = columns.some(({ name, kind }) => name === label && kind === 'category');
  if (classes.length === 1 && isOne)
    notes.push(`Every sample has the ${label} "${first!.name}": there is nothing to tell apart.`);
  const single = classes.filter((one) => one.samples === 1).map(({ name }) => name);
  if (single.length > 0)
    notes.push(
      `Only one sample each: ${nameList(single)}. A class needs samples to learn from and others to be scored on.`,
    );
  if (duplicates > 0)
    notes.push(
      `${samples(duplicates)} ${duplicates === 1 ? 'repeats' : 'repeat'} the input of an earlier one exactly; equal samples always lie in the same part.`,
    );
  const contradicting = [...Map.groupBy([...hashes.keys()], (row) => hashes[row]!).values()].filter(
    (rows) => new Set(rows.map((row) => labels[row])).size > 1,
  ).length;
  if (contradicting > 0)
    notes.push(
      `${contradicting.toLocaleString('en-US')} ${contradicting === 1 ? 'input has' : 'inputs have'} several labels.`,
    );
  return notes;
}

/** Of the input, which stands first. */
function nearNotes({ columns: [input], names }: SampleTable): string[] {
  const pairs = input?.kind === 'text' ? nearDuplicates(input.texts) : [];
  const [first] = pairs;
  if (!first) return [];
  const [a, b] = first.rows.map((row) => names[row]!);
  const count = pairs.length.toLocaleString('en-US');
  return [
    `${count} ${pairs.length === 1 ? 'pair of texts is' : 'pairs of texts are'} nearly equal, such as ${a} and ${b}; a split may part them, and a training run names those that it does.`,
  ];
}

/** Of pairs and captions of which none has a text to be written, what that column says; `details.field` tells it from other causes. */
function noSample(
  fileName: string,
  report: ImportReport,
  { raw, columns, roles }: FoundColumns,
): HindcastError {
  const column = roles.target == null ? undefined : columns[roles.target];
  if (column === undefined || column.known > 0) return noRowLeft(fileName, report);
  const count = raw.rows.length.toLocaleString('en-US');
  const rows = raw.rows.length === 1 ? 'its only row' : `all ${count} rows`;
  const message = `${fileName} has no text that is to be written: the column "${column.name}" is empty in ${rows}; fill it, or name another one (in a terminal: --target-column).`;
  return new HindcastError('file-unreadable', message, {
    details: { field: 'targetColumn', column: column.name },
  });
}

function noRowLeft(fileName: string, { setAside }: ImportReport): HindcastError {
  const [first] = setAside;
  const place = first?.line === NO_LINE ? first.raw : `line ${first?.line}`;
  const where = first === undefined ? '' : `: ${place}, ${first.reason}`;
  const message = `${fileName} has no sample that can be kept${where}; correct the data or name the columns.`;
  return new HindcastError('file-unreadable', message, { details: { file: fileName } });
}
