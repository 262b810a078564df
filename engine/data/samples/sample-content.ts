// A sample as screens show it: a line of a table, and its input as a whole, to be read, heard or looked at.
import type { SampleRow } from '../../contract/datasets/sample-views.ts';
import type { SampleContent } from '../../contract/processes/jobs/samples.ts';
import { frameAt, framesIn, pictureText } from './pictures/frames-in.ts';
import type { NumberRows, Picture, SampleTable, SampleValues } from './sample-table.ts';
import { shownTokens } from './token-lists.ts';

const MOST_SHOWN = 300;
const MOST_CHARACTERS = 100_000;

/** @param beside the column that is shown beside the input, which stands first */
export function sampleRow(table: SampleTable, at: number, beside: string | null): SampleRow {
  const { names, groups, parts, columns } = table;
  const labels = columns.find(({ name }) => name === beside);
  const [input] = columns;
  return {
    row: at,
    name: names[at]!,
    group: groups[at]!,
    part: parts[at]!,
    label: labels ? shownOf(labels, at) : '',
    shown: input && input !== labels ? shownOf(input, at) : '',
  };
}

export function shownOf(column: SampleValues, at: number): string {
  switch (column.kind) {
    case 'text':
      return column.texts[at]!.slice(0, MOST_SHOWN);
    case 'tokens':
      return shownTokens(column.lists[at]!).slice(0, MOST_SHOWN);
    case 'audio':
      return `${(column.clips[at]!.wave.length / column.clips[at]!.rate).toFixed(2)} s`;
    case 'sequence':
      return ofNumbers(column.sequences[at]!);
    case 'events':
      return ofEvents(column.events[at]!);
    case 'image':
    case 'frames':
      return pictureText(column.pictures[at]!);
    case 'labels':
      return column.sets[at]!.map((code) => column.labels[code]).join(', ');
    case 'category':
      return column.categories[column.codes[at]!] ?? '';
    case 'numeric':
      return Number.isNaN(column.values[at]) ? '' : String(column.values[at]);
  }
}

/** `37 events over 12.4`: in the unit of their times. */
export function ofEvents({ channels, values }: NumberRows): string {
  const events = values.length / channels;
  const last = values[(events - 1) * channels] ?? 0;
  return `${events.toLocaleString('en-US')} ${events === 1 ? 'event' : `events over ${last.toLocaleString('en-US', { maximumSignificantDigits: 4 })}`}`;
}

const FEW_NUMBERS = 8;

function ofNumbers({ channels, values }: NumberRows): string {
  const steps = values.length / channels;
  if (steps > 1) return `${steps} steps${channels > 1 ? ` of ${channels} channels` : ''}`;
  const more = values.length > FEW_NUMBERS ? ', ...' : '';
  return `${[...values.subarray(0, FEW_NUMBERS)].map((value) => Number(value.toPrecision(4))).join(', ')}${more}`;
}

/** @param mostBytes of a longer one the beginning */
export function contentOf(
  column: SampleValues,
  at: number,
  mostBytes = Number.POSITIVE_INFINITY,
): SampleContent {
  switch (column.kind) {
    case 'audio': {
      const { rate, wave } = column.clips[at]!;
      return { kind: 'audio', rate, ...beginning(bytesOf(wave), 2, mostBytes, 'wave') };
    }
    case 'sequence': {
      const { channels, values } = column.sequences[at]!;
      return { kind: 'sequence', channels, ...beginning(bytesOf(values), 4 * channels, mostBytes, 'values') };
    }
    case 'events': {
      const { channels, values } = column.events[at]!;
      const fields = column.fields.map(({ name, categories }) => ({
        name,
        categories: categories && [...categories],
      }));
      return {
        kind: 'events',
        fields,
        ...beginning(bytesOf(values), 4 * channels, mostBytes, 'values'),
      };
    }
    case 'tokens': {
      const items = column.lists[at]!;
      const kept = fitting(items, Math.min(MOST_CHARACTERS, mostBytes));
      return { kind: 'tokens', items: items.slice(0, kept), isCut: kept < items.length };
    }
    case 'image':
    case 'frames':
      return { kind: 'picture', ...firstFrames(column.pictures[at]!, mostBytes) };
    default: {
      const text = column.kind === 'text' ? column.texts[at]! : shownOf(column, at);
      const most = Math.min(MOST_CHARACTERS, mostBytes);
      return { kind: 'text', text: text.slice(0, most), isCut: text.length > most };
    }
  }
}

/** How many items have this number of characters together; one at least. */
function fitting(items: readonly string[], most: number): number {
  let characters = 0;
  const over = items.findIndex((item) => {
    characters += item.length + 1;
    return characters > most;
  });
  return over < 0 ? items.length : Math.max(1, over);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function beginning<Name extends string>(bytes: Uint8Array, unit: number, most: number, name: Name) {
  const kept = bytes.length <= most ? bytes.length : Math.max(unit, most - (most % unit));
  return { [name]: bytes.slice(0, kept), isCut: kept < bytes.length } as Record<Name, Uint8Array> & {
    readonly isCut: boolean;
  };
}

function firstFrames(picture: Picture, most: number) {
  const frames = framesIn(picture);
  const size = picture.pixels.length / frames;
  const kept = Math.min(frames, Math.max(1, Math.floor(most / size)));
  const pixels = kept === 1 ? frameAt(picture, 0).slice() : picture.pixels.slice(0, kept * size);
  return { ...picture, pixels, isCut: kept < frames };
}
