// The input of a sample in a line of a table.
import { pictureText } from '../data/samples/pictures/frames-in.ts';
import { ofEvents } from '../data/samples/sample-content.ts';
import type { SampleTable } from '../data/samples/sample-table.ts';
import { shownTokens } from '../data/samples/token-lists.ts';

const MOST_CHARACTERS = 400;

/** The beginning of a text; how long a recording or a series is. */
export function shownInput({ columns }: SampleTable, input: string, row: number): string {
  const column = columns.find(({ name }) => name === input);
  switch (column?.kind) {
    case 'text':
      return column.texts[row]!.slice(0, MOST_CHARACTERS);
    case 'tokens':
      return shownTokens(column.lists[row]!).slice(0, MOST_CHARACTERS);
    case 'audio':
      return `${(column.clips[row]!.wave.length / column.clips[row]!.rate).toFixed(2)} s`;
    case 'sequence':
      return `${column.sequences[row]!.values.length / column.sequences[row]!.channels} steps`;
    case 'events':
      return ofEvents(column.events[row]!);
    case 'image':
    case 'frames':
      return pictureText(column.pictures[row]!);
    default:
      return '';
  }
}
