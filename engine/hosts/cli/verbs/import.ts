// `hindcast import FILE`: makes a dataset from a file, and reports what was found and set aside.
import { resolve } from 'node:path';
import type { DatasetDetail, ImportOptions } from '../../../contract/dataset.ts';
import { columnWarnings } from '../../../words/column-changes.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { cutText, oneLine } from '../text/table.ts';
import { columnTable, extent, reportText, seriesText } from './dataset-text.ts';
import { importWatching } from './import-watching.ts';
import { tableStyle } from './style.ts';

export interface ImportArguments extends ImportOptions {
  /** One at least. */
  readonly files: readonly string[];
  readonly name?: string;
}

export async function importFile(context: VerbContext, given: ImportArguments): Promise<Outcome> {
  const { files, name, ...options } = given;
  const [file = '', ...more] = files;
  const { client } = await context.connect('create');
  const others = more.length > 0 ? { more: more.map((one) => resolve(one)) } : {};
  const source = { kind: 'file' as const, path: resolve(file), ...others };
  const { dataset, created } = await importWatching(client, context.terminal, { source, name, options });
  const warnings = created ? await warningsOf(client, dataset) : [];
  if (!context.json) for (const warning of warnings) context.terminal.err(`warning: ${warning}\n`);
  const label = `"${dataset.name}", version ${dataset.version}`;
  const blocks = [
    created
      ? `Imported ${label}: ${extent(dataset)}.`
      : `Nothing new: ${file} has the same content as ${label}: ${extent(dataset)}.`,
    seriesText(dataset),
    columnTable(dataset, tableStyle(context.terminal)),
    reportText(dataset.report),
  ];
  return { json: { created, dataset, warnings }, text: blocks.filter((block) => block !== '').join('\n\n') };
}

/** What the version before has and this one lacks. */
async function warningsOf(client: EngineClient, { id, version, columns }: DatasetDetail): Promise<string[]> {
  if (version === 1) return [];
  const before = await client.datasets.get({ dataset: id, version: version - 1 });
  return columnWarnings(before.columns, columns, (name) => cutText(oneLine(name), 40));
}
