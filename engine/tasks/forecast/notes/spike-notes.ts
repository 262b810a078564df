// The warning that a few values of a column are far from all others (engine/data/spikes.ts): scaling, training and scores follow them.
import { countText } from '../../../data/count-text.ts';
import { type Channel, formatTime, type SeriesTable } from '../../../data/pipeline/table.ts';
import { addToExtremes, createExtremes, findSpikes, spikesText } from '../../../data/spikes.ts';

const MOST_NOTES = 5;

/** `tables`: before the pipeline. */
export function spikeNotes(tables: readonly SeriesTable[]): string[] {
  const notes = tables.flatMap((table) => table.channels.flatMap((channel) => noteOf(channel, table) ?? []));
  const left = notes.length - MOST_NOTES;
  return left > 0
    ? [...notes.slice(0, MOST_NOTES), `${countText(left)} more columns have values far from all others.`]
    : notes;
}

function noteOf({ column, kind, values, isInput, isTarget }: Channel, { name, times }: SeriesTable) {
  if (kind !== 'numeric' || !(isInput || isTarget)) return null;
  const extremes = createExtremes();
  addToExtremes(extremes, values, { from: 0, to: values.length, row: 0 });
  const found = findSpikes(extremes);
  if (found === null) return null;
  const text = spikesText(found, ({ row }) => formatTime(times[row]!));
  return `"${column}" of series "${name}": ${text}. Scaling, training and scores follow such a value: unless it is true, import the data again and read it as missing.`;
}
