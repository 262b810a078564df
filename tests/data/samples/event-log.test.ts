// Logs with a row for each event: the rows of a case, a session or a user become a sample, where the table leaves no doubt or the user says so.
import { expect, test } from 'vitest';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import { eventTimes } from '../../../engine/data/samples/import/event-times.ts';
import type { SampleValues } from '../../../engine/data/samples/sample-table.ts';
import { samplesFrom } from '../../../engine/store/datasets/sample-reader.ts';
import { optionsOfDataset } from '../../../engine/words/recipe.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

const { integer } = createNumbers(4);

interface Row {
  readonly at: number;
  readonly of: string;
  readonly said: string;
  readonly cost: number;
  readonly label: string;
}

/** Rows of all cases, mixed, in order of time. */
const ROWS: readonly Row[] = Array.from({ length: 12 }, (_, index) => {
  let at = integer(5_000);
  return Array.from({ length: 3 + integer(3) }, (_event, step) => {
    at += 1 + integer(400);
    const said = step === 0 ? 'log in' : `step ${integer(4)}`;
    return { at, of: `case ${index}`, said, cost: integer(90), label: index % 3 === 0 ? 'late' : 'ok' };
  });
})
  .flat()
  .toSorted((a, b) => a.at - b.at);

const iso = (at: number) =>
  new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString().slice(0, 19).replace('T', ' ');
const csv = (name: string, head: string, cells: (row: Row) => readonly (string | number)[], rows = ROWS) =>
  file(name, `${head}\n${rows.map((row) => cells(row).join(',')).join('\n')}\n`);
const full = (row: Row) => [row.of, iso(row.at), row.said, row.cost, row.label];
const HEAD = 'case_id,timestamp,activity,cost,outcome';

async function read(path: string, options = {}) {
  const { samples, report, chunks, recipe } = await imported(path, options);
  const { info } = samples ?? expect.unreachable();
  return { info, report, recipe, table: samplesFrom(info, chunks) };
}

const of = <Kind extends SampleValues['kind']>({ table }: Awaited<ReturnType<typeof read>>, kind: Kind) =>
  table.columns.find((column): column is Extract<SampleValues, { kind: Kind }> => column.kind === kind) ??
  expect.unreachable();

const ownRows = (name: string) => ROWS.filter((row) => row.of === name);

test('a log of cases is read as samples without being asked, and says so', async () => {
  const found = await read(csv('log.csv', HEAD, full));
  const { info, report, table } = found;
  expect(info).toMatchObject({
    form: 'a table with a row for each event',
    input: 'events',
    label: 'outcome',
    chosenFrom: HEAD.split(','),
    asked: { sampleColumn: 'case_id', timeColumn: 'timestamp' },
  });
  expect(info.classes).toEqual([
    { name: 'ok', samples: 8 },
    { name: 'late', samples: 4 },
  ]);
  expect(table.names.toSorted()).toEqual(
    Array.from({ length: 12 }, (_, index) => `case ${index}`).toSorted(),
  );
  expect(report.notes).toEqual(
    expect.arrayContaining([
      `The rows of each case_id are the events of a sample, in order of timestamp: 12 samples from ${ROWS.length} rows.`,
      expect.stringContaining('--as series'),
    ]),
  );
  const { fields, events } = of(found, 'events');
  expect(fields.map(({ name }) => name)).toEqual(['activity', 'cost']);
  for (const [row, name] of table.names.entries()) {
    const own = ownRows(name);
    const values = [...events[row]!.values];
    expect(values.filter((_, at) => at % 3 === 0)).toEqual(own.map(({ at }) => (at - own[0]!.at) * 60));
    expect(values.filter((_, at) => at % 3 === 2)).toEqual(own.map(({ cost }) => cost));
    expect(of(found, 'tokens').lists[row]).toEqual(own.map(({ said }) => said));
  }
});

test('the order of the file does not matter, and the same options read it again', async () => {
  const path = csv('turned.csv', HEAD, full, ROWS.toReversed());
  const found = await read(path);
  const row = found.table.names.indexOf('case 3');
  expect(of(found, 'tokens').lists[row]).toEqual(ownRows('case 3').map(({ said }) => said));
  const options = optionsOfDataset({ recipe: found.recipe, samples: found.info });
  expect(options).toMatchObject({
    as: 'samples',
    sampleColumn: 'case_id',
    timeColumn: 'timestamp',
    labelColumn: 'outcome',
  });
  const again = await read(path, options);
  expect(again.table.hashes).toEqual(found.table.hashes);
  expect(again.info).toEqual(found.info);
});

test('a row for each event in JSON lines is the same', async () => {
  const lines = ROWS.map(({ at, of: session, said, label }) =>
    JSON.stringify({ session, time: iso(at), event: said, label }),
  );
  const { info } = await read(file('log.jsonl', lines.join('\n')));
  expect(info).toMatchObject({ input: 'events', label: 'label', asked: { sampleColumn: 'session' } });
});

test('without a label the words are lists of tokens, which say what to do', async () => {
  const path = csv('clicks.csv', 'user,time,page', (row) => [row.of, row.at, row.said]);
  const found = await read(path);
  expect(found.info).toMatchObject({ input: 'page', label: null });
  expect(found.info.columns.map(({ kind }) => kind)).toEqual(['tokens']);
  expect(found.report.notes.join(' ')).toMatch(/No column is a label of each user.*generate learns to write/);
  const again = await read(path, optionsOfDataset({ recipe: found.recipe, samples: found.info }));
  expect(again.table.hashes).toEqual(found.table.hashes);
  expect(again.info).toEqual(found.info);
});

test('of a log that was found, the words may be the input; what suits rows alone makes each row a sample', async () => {
  const path = csv('named.csv', HEAD, full);
  const found = await read(path, { inputColumn: 'activity' });
  expect(found.info).toMatchObject({
    input: 'activity',
    label: 'outcome',
    asked: { sampleColumn: 'case_id' },
  });
  expect(found.table.rows).toBe(12);
  const rows = await read(path, { as: 'samples', labelColumn: 'activity' });
  expect(rows.table.rows).toBe(ROWS.length);
});

test('any column may say whose rows they are; without times they stand in the order of the file', async () => {
  const path = csv('odd.csv', 'who,what,kind', (row) => [row.of, row.said, row.label]);
  await expect(imported(path, { as: 'samples' })).rejects.toThrow('has no times');
  const found = await read(path, { sampleColumn: 'who' });
  expect(found.info).toMatchObject({ input: 'what', label: 'kind' });
  expect(found.table.rows).toBe(12);
  expect(of(found, 'tokens').lists[0]).toEqual(ownRows(found.table.names[0]!).map(({ said }) => said));
  await expect(imported(path, { sampleColumn: 'whos' })).rejects.toThrow(
    'There is no column "whos" (did you mean "who"?)',
  );
});

test('asked for as samples, names of what happened may be any; the label is constant', async () => {
  const path = csv('asked.csv', 'session_id,time,what,cost,result', full);
  expect((await read(path, { as: 'samples' })).info).toMatchObject({ input: 'events', label: 'result' });
  const { samples, series } = await imported(path, {});
  expect(samples).toBeUndefined();
  expect(series.length).toBeGreaterThan(0);
});

test('series stay series: equal steps, no words, a label that changes, or asked for', async () => {
  const regular = csv('regular.csv', HEAD, (row) => [row.of, iso(0), row.said, row.cost, row.label], []);
  const days = Array.from({ length: 60 }, (_, day) => day);
  const rows = days.map(
    (day) =>
      `user ${day % 5},2024-01-${String(1 + Math.floor(day / 5)).padStart(2, '0')},event ${day % 3},${day},a${day % 5}`,
  );
  const equal = file('equal.csv', `user,time,event,value,label\n${rows.join('\n')}\n`);
  const asked = csv('as-series.csv', HEAD, full);
  const changing = csv('changing.csv', 'device_id,timestamp,activity,cost,outcome', (row) => [
    ...full(row).slice(0, 4),
    row.said,
  ]);
  for (const [path, options] of [
    [equal, {}],
    [asked, { as: 'series' }],
    [changing, {}],
  ] as const) {
    const { samples } = await imported(path, options);
    expect(samples, path).toBeUndefined();
  }
  await expect(imported(regular, {})).rejects.toThrow();
});

test('what says of no sample, has no time or several labels is set aside with its reason', async () => {
  const path = file(
    'bad.csv',
    `${HEAD}\n${ROWS.map((row) => full(row).join(',')).join('\n')}\n,2024-01-01 00:00:00,log in,1,ok\ncase 1,soon,log in,1,ok\n` +
      'case x,2024-01-01 00:00:00,log in,1,ok\ncase x,2024-01-01 00:07:00,log in,1,late\n',
  );
  const { report, table } = await read(path, { sampleColumn: 'case_id', labelColumn: 'outcome' });
  expect(table.rows).toBe(12);
  expect(report.setAside.map(({ reason }) => reason)).toEqual([
    'it has no case_id',
    'its time cannot be read',
    expect.stringMatching(/^the rows of case x have several labels \("ok", "late"\)$/),
  ]);
  expect(report.setAside.at(-1)!.raw).toContain('case x,2024-01-01 00:07:00,log in,1,late');
});

test('of what is to be answered no missing label is spoken of', async () => {
  const path = file('new.jsonl', '{"tokens":["a"],"label":""}\n{"tokens":["b"],"label":""}\n');
  const { report } = await read(path, {
    as: 'samples',
    inputColumn: 'tokens',
    labelColumn: 'label',
    unlabelled: true,
  });
  expect(report.notes).toEqual([]);
});

test.each([
  ['2024-01-31 10:00', '2024-01-31T11:00:30+01:00', 30],
  ['31.01.2024 10:00', '31.01.2024 10:00:30', 30],
  ['1/31/2024 9:59 AM', '1/31/2024 12:59 PM', 10_800],
  ['31/1/2024 10:00', '1/2/2024 10:00', 86_400],
  ['1/2/2024 12:30 AM', '1/3/2024 12:30 am', 86_400],
  ['7', '9.5', 2.5],
])('from %s to %s are %d', (from, to, seconds) => {
  const [first, second] = eventTimes([from, to]) ?? expect.unreachable();
  expect(second! - first!).toBe(seconds);
});

test('words are no times, and neither is a day that no month has', () => {
  expect(eventTimes(['soon', 'later'])).toBeNull();
  expect(eventTimes(['2024-02-30 10:00'])).toBeNull();
});
