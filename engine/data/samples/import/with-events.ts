// A column whose cells are lists of events in JSON becomes a column of events; samples whose events cannot be read are set aside.
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { eventColumn } from './collect-events.ts';
import { looksLikeEvents, parsed, type ReadEvent, readEvents } from './event-lists.ts';
import type { RawSamples, ReadRequest } from './raw-samples.ts';

/** Of the rows that are looked at to tell whether a column is of events. */
const LOOKED_AT = 50;
const MOST_RAW = 2_000;

/** As they were where no column is of events, or the user named another one as the input. */
export function withEvents(raw: RawSamples, { options }: Pick<ReadRequest, 'options'>): RawSamples {
  if (raw.input !== undefined) return raw;
  const column = columnOfEvents(raw);
  const name = raw.names[column];
  if (name === undefined || (options.inputColumn !== undefined && options.inputColumn !== name)) return raw;
  const events: (readonly ReadEvent[])[] = [];
  const rows: string[][] = [];
  const lines: number[] = [];
  const setAside: SetAsideRow[] = [...raw.setAside];
  for (const [index, cells] of raw.rows.entries()) {
    try {
      events.push(readEvents(parsed(cells[column]!)));
      // Its text is no column of its own.
      rows.push(cells.filter((_, at) => at !== column));
      lines.push(raw.lines[index]!);
    } catch (cause) {
      const { message: reason } = HindcastError.wrap(cause, 'it cannot be read');
      setAside.push({
        line: raw.lines[index]!,
        column: name,
        reason,
        raw: cells[column]!.slice(0, MOST_RAW),
      });
    }
  }
  return {
    ...raw,
    form: `${raw.form} with lists of events`,
    names: raw.names.filter((_, at) => at !== column),
    rows,
    lines,
    setAside,
    input: eventColumn(name, events),
  };
}

/** -1: none. */
function columnOfEvents({ names, rows }: RawSamples): number {
  const some = rows.slice(0, LOOKED_AT);
  return names.findIndex((_, column) => {
    const cells = some.map((row) => (row[column] ?? '').trim()).filter((cell) => cell.startsWith('['));
    return cells.length > 0 && 2 * cells.length >= some.length && cells.some(looksLikeEvents);
  });
}
