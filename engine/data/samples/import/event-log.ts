// Logs with a row for each event, such as `case,time,activity,label`: the rows of one case, session or user become a sample.
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isMissing } from '../../import/columns/number-style.ts';
import { didYouMean, nameList } from '../../pipeline/did-you-mean.ts';
import { eventColumn } from './collect-events.ts';
import type { ReadEvent } from './event-lists.ts';
import { type EventLog, findEventLog } from './find-event-log.ts';
import type { RawSamples, ReadRequest } from './raw-samples.ts';
import { isNumber } from './text-columns.ts';

const MOST_RAW = 2_000;

type Options = ReadRequest['options'];

/** With a row for each sample; as it was where rows are samples themselves. @throws HindcastError `unknown-column` for a column that is not there */
export function withEventLog(raw: RawSamples, { options }: Pick<ReadRequest, 'options'>): RawSamples {
  const log = logIn(raw, options);
  return log === null ? raw : groupedBy(raw, log, options);
}

function logIn(raw: RawSamples, options: Options): EventLog | null {
  const { sampleColumn, timeColumn, inputColumn, labelColumn, targetColumn, unlabelled } = options;
  if (raw.input !== undefined || raw.rows.length === 0) return null;
  if (sampleColumn !== undefined)
    for (const name of [sampleColumn, timeColumn]) if (name !== undefined) requireColumn(raw, name);
  if (sampleColumn !== undefined) return findEventLog(raw, options);
  // New samples are read as those were that a run learned from.
  if (unlabelled || targetColumn !== undefined) return null;
  const log = findEventLog(raw, options);
  return log !== null && suits(log, raw, [inputColumn, labelColumn]) ? log : null;
}

/** What the user named is said of a row by itself otherwise. */
function suits(
  { activity, constant }: EventLog,
  { names }: RawSamples,
  [input, label]: readonly (string | undefined)[],
): boolean {
  const isInput = input === undefined || (activity !== null && names[activity] === input);
  return isInput && (label === undefined || constant.some((column) => names[column] === label));
}

function requireColumn({ names }: RawSamples, wanted: string): void {
  if (names.includes(wanted)) return;
  const message = `There is no column "${wanted}"${didYouMean(wanted, [...names])}; the columns are ${nameList([...names])}.`;
  throw new HindcastError('unknown-column', message, {
    details: { column: wanted, field: 'sampleColumn', columns: [...names] },
  });
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly time: number;
}

interface Sample {
  readonly id: string;
  /** In order of time. */
  readonly events: readonly Row[];
}

function groupedBy(raw: RawSamples, log: EventLog, options: Options): RawSamples {
  const nameOf = (column: number) => raw.names[column]!;
  const label = raw.names.indexOf(options.labelColumn ?? '');
  const { rows, setAside } = rowsOf(raw, log);
  const samples = samplesOf(rows, log);
  const isChanging = label >= 0 && label !== log.id && !log.constant.includes(label);
  const refused = isChanging ? samples.filter((sample) => saidIn(sample, label).size > 1) : [];
  const kept = samples.filter((sample) => !refused.includes(sample));
  const said = [...log.constant, ...(isChanging ? [label] : [])];
  const fields = log.fields.filter((column) => !said.includes(column));
  const activity = log.activity !== null && fields.includes(log.activity) ? log.activity : null;
  const words = activity === null ? [] : [activity];
  const table: RawSamples = {
    ...raw,
    form: `${raw.form} with a row for each event`,
    names: [log.id, ...words, ...said].map(nameOf),
    rows: kept.map((sample) => [
      sample.id,
      ...words.map((column) => JSON.stringify(wordsIn(sample, column))),
      ...said.map((column) => [...saidIn(sample, column)][0] ?? ''),
    ]),
    lines: kept.map(({ events }) => events[0]!.line),
    roles: { ...raw.roles, nameColumn: nameOf(log.id) },
    setAside: [...raw.setAside, ...setAside, ...refused.map((sample) => severalLabels(raw, sample, label))],
    notes: [
      ...raw.notes,
      ...notesOf(raw, log, { samples: kept.length, rows: rows.length, said }),
      ...(options.as === undefined && options.sampleColumn === undefined ? [NOT_ASKED] : []),
    ],
    chosenFrom: raw.names,
    asked: {
      sampleColumn: nameOf(log.id),
      ...(log.time !== null && { timeColumn: nameOf(log.time) }),
    },
  };
  const asLists =
    activity === null ? null : { ...table, roles: { ...table.roles, inputColumn: nameOf(activity) } };
  const areAsked = activity !== null && options.inputColumn === nameOf(activity);
  if (asLists && (log.time === null || areAsked)) return asLists;
  if (log.time === null || fields.length === 0) throw noEvents(raw, log);
  return {
    ...table,
    input: eventColumn(
      raw.names.includes('events') ? 'events of the sample' : 'events',
      kept.map((sample) => eventsIn(sample, fields, nameOf)),
    ),
    ...(asLists && {
      otherwise: { ...asLists, notes: [...asLists.notes, withoutLabel(nameOf(log.id), nameOf(activity!))] },
    }),
  };
}

function rowsOf(raw: RawSamples, log: EventLog) {
  const rows: Row[] = [];
  const setAside: SetAsideRow[] = [];
  for (const [index, cells] of raw.rows.entries()) {
    const time = log.times === null ? index : log.times[index]!;
    const line = raw.lines[index]!;
    const [column, reason] = isMissing((cells[log.id] ?? '').trim())
      ? [log.id, `it has no ${raw.names[log.id]}`]
      : [log.time ?? log.id, Number.isNaN(time) ? 'its time cannot be read' : null];
    if (reason === null) rows.push({ line, cells, time });
    else setAside.push({ line, column: raw.names[column]!, reason, raw: textOf(raw, cells) });
  }
  return { rows, setAside };
}

const textOf = ({ recipe }: RawSamples, cells: readonly string[]): string =>
  cells.join(recipe.delimiter || ' ').slice(0, MOST_RAW);

/** In the order of their first rows. */
const samplesOf = (rows: readonly Row[], { id }: EventLog): Sample[] =>
  [...Map.groupBy(rows, ({ cells }) => cells[id]!.trim())].map(([name, own]) => ({
    id: name,
    events: own.toSorted((a, b) => a.time - b.time),
  }));

const cellOf = ({ cells }: Row, column: number): string => (cells[column] ?? '').trim();

const saidIn = ({ events }: Sample, column: number): Set<string> =>
  new Set(events.map((row) => cellOf(row, column)).filter((cell) => !isMissing(cell)));

const wordsIn = ({ events }: Sample, column: number): string[] =>
  events.map((row) => cellOf(row, column)).filter((cell) => !isMissing(cell));

function eventsIn(
  { events }: Sample,
  fields: readonly number[],
  nameOf: (column: number) => string,
): ReadEvent[] {
  const [first] = events;
  return events.map((row) => ({
    time: row.time - first!.time,
    fields: new Map(
      fields.flatMap((column): [string, number | string][] => {
        const cell = cellOf(row, column);
        return isMissing(cell) ? [] : [[nameOf(column), isNumber(cell) ? Number(cell) : cell]];
      }),
    ),
  }));
}

const severalLabels = (raw: RawSamples, sample: Sample, label: number): SetAsideRow => ({
  line: sample.events[0]!.line,
  column: raw.names[label]!,
  reason: `the rows of ${sample.id} have several labels (${nameList([...saidIn(sample, label)].slice(0, 4))})`,
  raw: sample.events
    .map(({ cells }) => textOf(raw, cells))
    .join('\n')
    .slice(0, MOST_RAW),
});

const NOT_ASKED =
  'Where the rows are a series over time instead, read them as series (in a terminal: --as series).';

interface Counted {
  readonly samples: number;
  readonly rows: number;
  readonly said: readonly number[];
}

function notesOf({ names }: RawSamples, log: EventLog, { samples, rows, said }: Counted): string[] {
  const list = (columns: readonly number[]) => nameList(columns.map((column) => names[column]!));
  const order = log.time === null ? 'in the order of the file' : `in order of ${names[log.time]}`;
  const count = (number: number) => number.toLocaleString('en-US');
  return [
    `The rows of each ${names[log.id]} are the events of a sample, ${order}: ${count(samples)} samples from ${count(rows)} rows.`,
    ...(said.length === 0
      ? []
      : [`The same in all rows of a sample, and no part of its events: ${list(said)}.`]),
    ...(log.left.length === 0
      ? []
      : [`Left out, because more than 1,000 different words are no kind of event: ${list(log.left)}.`]),
  ];
}

const withoutLabel = (id: string, words: string): string =>
  `No column is a label of each ${id}: the words of ${words} are read as a list of tokens for each, without their times, and the task generate learns to write such lists. Name a label (in a terminal: --label-column) to classify events with their times.`;

function noEvents({ names }: RawSamples, { id, time }: EventLog): HindcastError {
  const lacks = time === null ? 'no column of times and none of words' : 'no column of words or numbers';
  const message = `Beside ${names[id]}, ${lacks} changes from row to row, so that its rows say nothing; name another column (in a terminal: --sample-column), or read each row as a sample.`;
  return new HindcastError('file-unreadable', message, { details: { field: 'sampleColumn' } });
}
