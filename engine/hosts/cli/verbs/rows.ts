// `hindcast rows DATASET`: rows of a series as a table.
import { HindcastError } from '../../../contract/values/errors.ts';
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { timeOfText } from '../../../words/time-text.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { counted, formatDataTime } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { tableStyle } from './style.ts';

export interface RowsArguments {
  readonly dataset: DatasetReference;
  readonly series?: string;
  readonly filter?: string;
  readonly at?: string;
  readonly count?: number;
}

const SHOWN = 40;

export async function rows(
  context: VerbContext,
  { dataset, series, filter, at, count = SHOWN }: RowsArguments,
): Promise<Outcome> {
  const fromUs = at === undefined ? undefined : timeOfText(at);
  if (fromUs === null)
    throw new HindcastError(
      'invalid-input',
      `--at ${at} is no time; write it as 2024-05 or 2024-05-01T12:00.`,
    );
  const { client } = await context.connect('existing');
  const json = await client.datasets.rows({
    dataset,
    count,
    ...(series === undefined ? {} : { series }),
    ...(filter === undefined ? {} : { filter }),
    ...(fromUs === undefined ? {} : { fromUs }),
  });
  const headers = [
    { header: 'ROW', right: true },
    { header: 'TIME' },
    ...json.columns.map(({ name, kind }) => ({
      header: name,
      ...(kind === 'numeric' ? { right: true } : {}),
    })),
  ];
  const lines = json.rows.map(({ row, timeUs, cells }) => [
    String(row + 1),
    formatDataTime(timeUs),
    ...cells.map((cell) => (cell === null ? '–' : String(cell))),
  ]);
  const which = filter === undefined ? '' : ' that match';
  const end = json.from + json.rows.length;
  const text =
    json.matching === 0
      ? 'No row matches.'
      : `${renderTable(headers, lines, tableStyle(context.terminal))}\nRows ${json.from + 1} to ${end} of ${counted(json.matching, 'row')}${which}.`;
  return { json, text };
}
