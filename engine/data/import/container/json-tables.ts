// Tables in a JSON document: lists of objects or of lists, columns as lists, records by time; at its top or a few levels below.
export interface JsonTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** What it was in the document. */
  readonly what: string;
  /** Names of other tables beside it, which are left out. */
  readonly others?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nested objects become fields with a dot: `wind.speed`. */
export function flat(record: Fields, prefix = '', depth = 0): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (isFields(value) && depth < 4) Object.assign(fields, flat(value, `${prefix}${name}.`, depth + 1));
    else fields[prefix + name] = value;
  }
  return fields;
}

/** As JSON of .NET has times: milliseconds. */
const NET_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return NET_DATE.exec(value)?.[1] ?? value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fromObjects(list: readonly unknown[]): JsonTable | null {
  const objects = list.filter(isFields);
  if (objects.length === 0 || objects.length * 2 < list.length) return null;
  const records = objects.map((one) => flat(one));
  const names = [...new Set(records.flatMap((one) => Object.keys(one)))];
  return { names, rows: records.map((one) => names.map((name) => one[name])), what: 'a list of objects' };
}

/** `[[1700000000000, 5.2], ...]`: the first list may hold the names. */
function fromLists(list: readonly unknown[]): JsonTable | null {
  const rows = list.filter((one): one is unknown[] => Array.isArray(one));
  const [first] = rows;
  if (first === undefined || rows.length * 2 < list.length || first.length < 2) return null;
  const isNamed =
    rows.length > 1 &&
    first.every((cell) => typeof cell === 'string') &&
    rows[1]?.some((cell) => typeof cell === 'number');
  const names = isNamed ? first.map(String) : first.map((_, i) => (i === 0 ? 'time' : `value${i}`));
  return { names, rows: isNamed ? rows.slice(1) : rows, what: 'a list of lists' };
}

/** `{"time": [...], "temperature": [...]}` */
function fromColumns(value: Fields): JsonTable | null {
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const longest = lists.reduce((most, [, list]) => Math.max(most, list.length), 0);
  const columns = lists.filter(
    ([, list]) => list.length === longest && !list.some((one) => typeof one === 'object' && one !== null),
  );
  if (columns.length < 2 || longest < 2) return null;
  const rows = Array.from({ length: longest }, (_, i) => columns.map(([, list]) => list[i]));
  return { names: columns.map(([name]) => name), rows, what: 'lists of one length' };
}

const isPair = (one: unknown): one is [unknown, unknown] => Array.isArray(one) && one.length === 2;

/** `{"prices": [[1700000000000, 5.2], ...], "volumes": [[1700000000000, 9], ...]}`: lists of pairs with the same times. */
function fromPairs(value: Fields): JsonTable | null {
  const lists = Object.entries(value).filter(
    (entry): entry is [string, [unknown, unknown][]] =>
      Array.isArray(entry[1]) && entry[1].length > 1 && entry[1].every(isPair),
  );
  const [first, ...rest] = lists;
  if (first === undefined || rest.length === 0) return null;
  const times = first[1].map(([time]) => time);
  const same = lists.filter(
    ([, pairs]) => pairs.length === times.length && pairs.every(([time], i) => time === times[i]),
  );
  if (same.length < 2) return null;
  const rows = times.map((time, i) => [time, ...same.map(([, pairs]) => pairs[i]?.[1])]);
  const others = lists.filter((one) => !same.includes(one)).map(([name]) => name);
  return { names: ['time', ...same.map(([name]) => name)], rows, what: 'lists of pairs', others };
}

const TIME_KEY = /^(\d{4}-\d{2}(-\d{2}.*)?|\d{9,19}|\d{8}|\d{4})$/;

/** `{"2024-01-01": {"open": 5}, ...}` or `{"2024-01-01": 5, ...}` */
function fromTimes(value: Fields): JsonTable | null {
  const entries = Object.entries(value);
  const timed = entries.filter(([key]) => TIME_KEY.test(key));
  if (timed.length < 2 || timed.length !== entries.length) return null;
  const records = timed.map(([time, one]) => ({ time, ...(isFields(one) ? flat(one) : { value: one }) }));
  const names = [...new Set(records.flatMap((one) => Object.keys(one)))];
  return {
    names,
    rows: records.map((one) => names.map((name) => (one as Fields)[name])),
    what: 'records by time',
  };
}

/** `{"open": {"2024-01-01": 5, ...}, "close": {"2024-01-01": 6, ...}}`, as pandas writes by default. */
function fromTimedColumns(value: Fields): JsonTable | null {
  const columns = Object.entries(value).map(([name, one]) => ({
    name,
    table: isFields(one) ? fromTimes(one) : null,
  }));
  if (columns.length < 2 || columns.some(({ table }) => table?.names.join() !== 'time,value')) return null;
  const byTime = new Map<unknown, unknown[]>();
  for (const [index, { table }] of columns.entries())
    for (const [time, one] of table?.rows ?? []) {
      const row = byTime.get(time) ?? [time, ...columns.map(() => null)];
      row[index + 1] = one;
      byTime.set(time, row);
    }
  return {
    names: ['time', ...columns.map(({ name }) => name)],
    rows: [...byTime.values()],
    what: 'columns by time',
  };
}

/** pandas, `orient="split"`, and answers of InfluxDB. */
function fromSplit(value: Fields): JsonTable | null {
  const { columns, index, data = value.values } = value;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return null;
  const rows = data as unknown[][];
  if (!Array.isArray(index)) return { names: columns.map(String), rows, what: 'columns and data' };
  return {
    names: ['index', ...columns.map(String)],
    rows: rows.map((row, i) => [index[i], ...row]),
    what: 'columns, index and data',
  };
}

/** The table in an object of a list, and what names the object. */
function seriesIn(one: Fields): { readonly table: JsonTable; readonly label: Fields } | null {
  const split = fromSplit(one);
  if (split !== null) {
    const { columns: _columns, index: _index, data: _data, values: _values, ...label } = one;
    return { table: split, label: flat(label) };
  }
  const lists = Object.entries(one).filter(([, inner]) => Array.isArray(inner) && inner.length > 1);
  const [[name, list] = ['', null]] = lists;
  const table = lists.length === 1 ? findTable(list) : null;
  if (table === null || table.rows.length < 2) return null;
  const { [name]: _list, ...label } = one;
  return { table, label: flat(label) };
}

/** `[{"name": "a", "points": [...]}, {"name": "b", "points": [...]}]`: a table for each series, as Prometheus and InfluxDB answer. */
function fromSeries(list: readonly unknown[]): JsonTable | null {
  const series = list.map((one) => (isFields(one) ? seriesIn(one) : null)).filter((one) => one !== null);
  if (series.length === 0 || series.length < list.length) return null;
  const labels = [...new Set(series.flatMap(({ label }) => Object.keys(label)))];
  const telling = labels.filter((name) => new Set(series.map(({ label }) => cellOf(label[name]))).size > 1);
  const names = [...new Set(series.flatMap(({ table }) => table.names))];
  const isNamed = series.length === 1 || telling.length > 0;
  const rows = series.flatMap(({ table, label }, number) => {
    const told = isNamed ? telling.map((name) => label[name]) : [`series ${number + 1}`];
    const places = names.map((name) => table.names.indexOf(name));
    return table.rows.map((row) => [...told, ...places.map((at) => row[at])]);
  });
  return { names: [...(isNamed ? telling : ['series']), ...names], rows, what: 'a table for each series' };
}

const ZONE_NAME = /time ?_?zone(?!_abbr)|^tz$/i;

/** What a document says of its zone, a line each, such as `timezone: Europe/Berlin`. */
export function zonesIn(value: unknown, depth = 0): string[] {
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    if (typeof one === 'string') return ZONE_NAME.test(name) ? [`Time Zone: ${one}`] : [];
    return depth < 2 ? zonesIn(one, depth + 1) : [];
  });
}

const DEPTH = 4;

/** The longest table in the document; null where it has none. */
export function findTable(value: unknown, depth = 0): JsonTable | null {
  if (Array.isArray(value)) return fromSeries(value) ?? fromObjects(value) ?? fromLists(value);
  if (!isFields(value)) return null;
  const found =
    fromSplit(value) ?? fromColumns(value) ?? fromPairs(value) ?? fromTimes(value) ?? fromTimedColumns(value);
  if (found !== null) return found;
  if (depth >= DEPTH) return null;
  const tables = Object.entries(value).flatMap(([name, inner]) => {
    const table = findTable(inner, depth + 1);
    return table !== null && table.rows.length > 0 ? [{ name, table }] : [];
  });
  const [first] = tables;
  if (first === undefined) return null;
  const best = tables.reduce(
    (most, one) => (one.table.rows.length > most.table.rows.length ? one : most),
    first,
  );
  const beside = tables.filter((one) => one !== best && one.table.rows.length > 1).map(({ name }) => name);
  return { ...best.table, others: [...beside, ...(best.table.others ?? [])] };
}
