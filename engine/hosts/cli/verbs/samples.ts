// `hindcast samples`: lists the sample data of npm's registry, or adds some: says what is downloaded, then downloads and imports it.

import type { SampleData } from '../../../contract/datasets/sample-data.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { formatBytes } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { cancellable } from '../watch/cancellable.ts';
import { extent, reportText } from './dataset-text.ts';
import { watchUpdates } from './import-watching.ts';
import { tableStyle } from './style.ts';

interface SamplesArguments {
  readonly action: string | undefined;
  readonly name: string | undefined;
}

export async function samples(context: VerbContext, { action, name }: SamplesArguments): Promise<Outcome> {
  if (action !== undefined && (action !== 'add' || name === undefined)) throw unclear();
  const { client } = await context.connect('create');
  const known = await client.sampleData.list();
  return name === undefined ? listed(context, known) : add(context, client, { ...known, name });
}

interface Known {
  readonly registry: string;
  readonly data: readonly SampleData[];
}

function listed(context: VerbContext, { registry, data }: Known): Outcome {
  const table = renderTable(
    [
      { header: 'NAME' },
      { header: 'DOWNLOAD', right: true },
      { header: 'WHAT', cut: true },
      { header: 'LICENCE', cut: true },
    ],
    data.map(({ name, bytes, rows, text, licence }) => [
      name,
      formatBytes(bytes),
      `${rows}: ${text}`,
      licence,
    ]),
    tableStyle(context.terminal),
  );
  const hint = `hindcast samples add NAME downloads one of them from ${registry}`;
  return { json: { registry, data }, text: `${table}\n\n${hint}` };
}

async function add(
  context: VerbContext,
  client: EngineClient,
  { registry, data, name }: Known & { readonly name: string },
): Promise<Outcome> {
  const wanted = data.find((one) => one.name === name);
  if (wanted && !context.json) context.terminal.err(`${whatIsDownloaded(wanted, registry)}\n`);
  const { dataset, created } = await cancellable(
    context.terminal,
    async (line, signal) => watchUpdates(await client.sampleData.add({ name }, { signal }), line),
    'The download was cancelled; nothing of it was kept.',
  );
  const label = `"${dataset.name}", version ${dataset.version}`;
  const said = created
    ? `Added ${label}: ${extent(dataset)}.`
    : `Nothing new: ${label} has the same content.`;
  return {
    json: { created, dataset },
    text: [said, reportText(dataset.report)].filter((block) => block !== '').join('\n\n'),
  };
}

const whatIsDownloaded = ({ bytes, packages, licence }: SampleData, registry: string): string =>
  `Downloads ${formatBytes(bytes)}, ${packages.join(' and ')}, from ${registry}. Licence: ${licence}.`;

function unclear(): HindcastError {
  const message = 'Say `hindcast samples` for the list, or `hindcast samples add NAME`.';
  return new HindcastError('invalid-input', message);
}
