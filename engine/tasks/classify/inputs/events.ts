// Events over time as rows: the time since the event before, then the fields. Numbers are scaled by mean and standard deviation of the
// training part; of words each frequent one of the training part has a column, which is 1 where it stands.
import { z } from 'zod';
import type { EventField, NumberRows } from '../../../data/samples/sample-table.ts';
import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import type { ColumnOf, FittedInput, InputKind, InputTask } from './input-kind.ts';
import { ScaleSchema, scaled, scaleOf } from './sequence.ts';

const StateSchema = z.object({
  kind: z.literal('events'),
  /** Mean time from an event to the next. */
  gap: z.number(),
  /** Of the gaps and of the fields of numbers. */
  scale: ScaleSchema,
  /** In the order of the columns; the words of a field that have a column, null: numbers. */
  fields: z.array(z.object({ name: z.string(), words: z.array(z.string()).nullable() })),
});
type State = z.infer<typeof StateSchema>;

const MOST_WORDS = 64;

export const eventsInput: InputKind<ColumnOf<'events'>> = {
  fit(column, task, train) {
    const rows = train.map((row) => column.events[row]!);
    const fields = column.fields.map((field, at) => ({ name: field.name, words: wordsOf(field, rows, at) }));
    const gap = meanGap(rows);
    const numbers = rows.map((events) => numbersOf(events, column.fields, { fields, gap }));
    const scale = scaleOf(numbers, numberCount(fields));
    return open(column, task, { kind: 'events', gap, scale, fields });
  },
  restore: (state, column, task) => open(column, task, StateSchema.parse(state)),
};

type Fields = State['fields'];

const numberCount = (fields: Fields): number => 1 + fields.filter(({ words }) => words === null).length;

/** The most frequent first; null of a field of numbers. */
function wordsOf({ categories }: EventField, rows: readonly NumberRows[], at: number): string[] | null {
  if (categories === null) return null;
  const counts = new Float64Array(categories.length);
  for (const { channels, values } of rows)
    for (let value = 1 + at; value < values.length; value += channels)
      if (!Number.isNaN(values[value]!)) counts[values[value]!]! += 1;
  return [...categories.keys()]
    .filter((code) => counts[code]! > 0)
    .toSorted((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_WORDS)
    .map((code) => categories[code]!);
}

/** 1 where all events of a sample come at once. */
function meanGap(rows: readonly NumberRows[]): number {
  let sum = 0;
  let gaps = 0;
  for (const { channels, values } of rows) {
    const events = values.length / channels;
    if (events < 2) continue;
    sum += values[(events - 1) * channels]! - values[0]!;
    gaps += events - 1;
  }
  return sum / Math.max(1, gaps) || 1;
}

/** Columns of a new file are found by their names; -1: it lacks the field. */
const placesOf = (own: readonly EventField[], fields: Fields): number[] =>
  fields.map(({ name, words }) =>
    own.findIndex((field) => field.name === name && (field.categories === null) === (words === null)),
  );

/** [events, 1 + fields of numbers]: the logarithm of 1 + the gap in mean gaps, then the numbers; NaN where missing. */
function numbersOf(
  { channels, values }: NumberRows,
  own: readonly EventField[],
  { fields, gap }: Pick<State, 'fields' | 'gap'>,
): Float32Array {
  const places = placesOf(own, fields).filter((_, index) => fields[index]!.words === null);
  const events = values.length / channels;
  const width = 1 + places.length;
  const numbers = new Float32Array(events * width).fill(Number.NaN);
  for (let event = 0; event < events; event++) {
    const time = values[event * channels]!;
    const before = event === 0 ? time : values[(event - 1) * channels]!;
    numbers[event * width] = deterministicLog(1 + Math.max(0, time - before) / gap);
    for (const [index, place] of places.entries())
      if (place >= 0) numbers[event * width + 1 + index] = values[event * channels + 1 + place]!;
  }
  return numbers;
}

function open(column: ColumnOf<'events'>, task: InputTask, state: State): FittedInput {
  const { fields, scale } = state;
  const places = placesOf(column.fields, fields);
  const ofWords = fields.flatMap(({ words }, index) =>
    words === null
      ? []
      : [{ place: places[index]!, columns: columnsOf(column.fields[places[index]!], words) }],
  );
  const numbers = numberCount(fields);
  const width = numbers + fields.reduce((sum, { words }) => sum + (words?.length ?? 0), 0);
  return {
    state: state as FittedInput['state'],
    shape: { kind: 'rows', channels: width },
    encode(row) {
      const { channels, values } = column.events[row]!;
      const own = scaled(numbersOf(column.events[row]!, column.fields, state), scale, task.mostSteps);
      const steps = own.length / numbers;
      const rows = new Float32Array(steps * width);
      for (let step = 0; step < steps; step++) {
        rows.set(own.subarray(step * numbers, (step + 1) * numbers), step * width);
        let from = step * width + numbers;
        for (const { place, columns } of ofWords) {
          const code = place < 0 ? Number.NaN : values[step * channels + 1 + place]!;
          const at = columns.byCode[code] ?? -1;
          if (at >= 0) rows[from + at] = 1;
          from += columns.count;
        }
      }
      return rows;
    },
    stepsOf: (row) => {
      const { channels, values } = column.events[row]!;
      return Math.max(1, Math.min(task.mostSteps, values.length / channels));
    },
  };
}

/** Of each word of the column, by its code, which of the known words it is; -1: none. */
function columnsOf(field: EventField | undefined, words: readonly string[]) {
  return { count: words.length, byCode: (field?.categories ?? []).map((word) => words.indexOf(word)) };
}
