// `hindcast datasets [DATASET]`: lists the datasets of the workspace, or shows one.
import type { DatasetReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatBytes, formatCount, formatDataTime, NOTHING } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { datasetText } from './dataset-text.ts';
import { tableStyle } from './style.ts';

export async function datasets(
  context: VerbContext,
  reference: DatasetReference | undefined,
): Promise<Outcome> {
  const { client } = await context.connect('existing');
  if (reference === undefined) return listDatasets(context, await client.datasets.list());
  const dataset = await client.datasets.get({ dataset: reference });
  return { json: dataset, text: datasetText(dataset, tableStyle(context.terminal)) };
}

type Summaries = Awaited<
  ReturnType<Awaited<ReturnType<VerbContext['connect']>>['client']['datasets']['list']>
>;

const DAMAGED =
  'What is stored of a damaged dataset was changed, and no values are shown; `hindcast check` says where, and `hindcast check --repair` takes it from a backup.';

const jsonOf = ({ id, name, state, ...values }: Summaries[number]) =>
  state === 'damaged' ? { id, name, state } : { id, name, state, ...values };

function listDatasets(context: VerbContext, list: Summaries): Outcome {
  if (list.length === 0) {
    return {
      json: list,
      text: 'No datasets yet: `hindcast import FILE` makes one, `hindcast train samples/sp500-lstm.json` brings its own.',
    };
  }
  const rows = list.map((dataset) =>
    dataset.state === 'damaged'
      ? [String(dataset.id), dataset.name, '', dataset.state, ...Array<string>(8).fill('')]
      : [
          String(dataset.id),
          dataset.name,
          String(dataset.version),
          dataset.state,
          formatCount(dataset.rows),
          formatCount(dataset.series),
          formatCount(dataset.columns.length),
          formatDataTime(dataset.startUs),
          formatDataTime(dataset.endUs),
          dataset.frequency ?? NOTHING,
          formatBytes(dataset.bytes),
          formatCount(dataset.setAside),
        ],
  );
  const columns = [
    { header: 'DATASET', right: true },
    { header: 'NAME', cut: true },
    { header: 'VERSION', right: true },
    { header: 'STATE' },
    { header: 'ROWS', right: true },
    { header: 'SERIES', right: true },
    { header: 'COLUMNS', right: true },
    { header: 'FROM' },
    { header: 'TO' },
    { header: 'STEP' },
    { header: 'SIZE', right: true },
    { header: 'SET ASIDE', right: true },
  ];
  const table = renderTable(columns, rows, tableStyle(context.terminal));
  const isAnyDamaged = list.some(({ state }) => state === 'damaged');
  return { json: list.map(jsonOf), text: isAnyDamaged ? `${table}\n${DAMAGED}` : table };
}
