// `hindcast sql DATASET "SELECT ..."`: questions in SQL to a copy of a dataset, so that no statement changes it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetDetail } from '../../../contract/datasets/dataset.ts';
import { ValuesFrame } from '../../../contract/datasets/frames.ts';
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { askSql } from '../../../data/import/source/ask-sql.ts';
import { createTemporaryFolder, removeTemporaryFolder } from '../../../data/import/source/temporary.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { renderTable } from '../text/table.ts';
import { tableStyle } from './style.ts';

export interface SqlArguments {
  readonly dataset: DatasetReference;
  readonly sql: string;
}

/** Values of one answer of the engine. */
const VALUES_PER_ASK = 500_000;
const MOST_SHOWN = 1_000;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The dataset as CSV without a header: time, series, columns. */
async function writeRows(
  client: EngineClient,
  { id, version, seriesInfo, columns }: DatasetDetail,
  path: string,
): Promise<void> {
  writeFileSync(path, '');
  const rowsPerAsk = Math.max(1, Math.floor(VALUES_PER_ASK / (1 + columns.length)));
  for (const { name, rows, columns: info } of seriesInfo) {
    for (let fromRow = 0; fromRow < rows; fromRow += rowsPerAsk) {
      const request = { dataset: id, version, series: name, fromRow, rows: rowsPerAsk };
      const frame = await ValuesFrame.fromAnswer(await client.datasets.values(request));
      const { time, values } = frame.columns;
      const lines = Array.from(time, (at, row) => {
        const cells = info.map(({ categories }, column) => {
          const value = values[column]![row]!;
          if (Number.isNaN(value)) return '';
          return categories === null ? String(value) : quoted(categories[value] ?? '');
        });
        return [String(at), quoted(name), ...cells].join(',');
      });
      writeFileSync(path, `${lines.join('\n')}\n`, { flag: 'a' });
    }
  }
}

export async function sql(context: VerbContext, { dataset, sql: statement }: SqlArguments): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const detail = await client.datasets.get({ dataset });
  const folder = createTemporaryFolder();
  try {
    const path = join(folder, 'data.csv');
    await writeRows(client, detail, path);
    const columns = detail.columns.map(({ name, kind }) => ({
      name,
      type: kind === 'numeric' ? ('DOUBLE' as const) : ('VARCHAR' as const),
    }));
    const { names, rows } = await askSql(path, columns, statement);
    const shown = rows
      .slice(0, MOST_SHOWN)
      .map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
    const more = rows.length > shown.length ? `\nThe first ${MOST_SHOWN} of ${rows.length} rows.` : '';
    const headers = names.map((header) => ({ header }));
    const json = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
    return { json, text: renderTable(headers, shown, tableStyle(context.terminal)) + more };
  } finally {
    removeTemporaryFolder(folder);
  }
}
