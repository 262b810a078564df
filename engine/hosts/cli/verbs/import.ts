// `hindcast import FILE`: a dataset from a file, with a report of what was found and set aside.
import { resolve } from 'node:path';
import type { ImportOptions } from '../../../contract/dataset.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { columnTable, extent, reportText, seriesText } from './dataset-text.ts';
import { importWatching } from './import-watching.ts';
import { tableStyle } from './style.ts';

export interface ImportArguments extends ImportOptions {
  readonly file: string;
  readonly name?: string;
}

export async function importFile(context: VerbContext, given: ImportArguments): Promise<Outcome> {
  const { file, name, ...options } = given;
  const { client } = await context.connect('create');
  const source = { kind: 'file' as const, path: resolve(file) };
  const { dataset, created } = await importWatching(client, context.terminal, { source, name, options });
  const label = `"${dataset.name}", version ${dataset.version}`;
  const blocks = [
    created
      ? `Imported ${label}: ${extent(dataset)}.`
      : `Nothing new: ${file} has the same content as ${label}: ${extent(dataset)}.`,
    seriesText(dataset),
    columnTable(dataset, tableStyle(context.terminal)),
    reportText(dataset.report),
  ];
  return { json: { created, dataset }, text: blocks.filter((block) => block !== '').join('\n\n') };
}
