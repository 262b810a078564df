// `hindcast compare RUN RUN...`: what differs between runs, and their scores beside the baselines, protocol by protocol.

import type { RunReference } from '../../../contract/ids.ts';
import type { Comparison, RunSummary } from '../../../contract/run.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { BEST_RULE } from '../../../words/scores/best-scores.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { formatCount, formatScore, NOTHING } from '../text/format.ts';
import { spreadText } from '../text/study-text.ts';
import { cutText, renderTable, type TableStyle } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { stateText } from './runs.ts';
import { tableStyle } from './style.ts';
import { runsOf } from './target.ts';

export async function compare(context: VerbContext, runs: readonly RunReference[]): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const comparison = await client.runs.compare({ runs: await comparedRuns(client, runs) });
  const style = tableStyle(context.terminal);
  const blocks = [
    runTable(comparison.runs, style),
    await studyTable(client, comparison.runs, style),
    differenceTable(comparison, style),
    ...comparison.protocols.map((_, index) => protocolTable(comparison, index, style)),
    comparison.protocols.length > 1
      ? 'Scores of different protocols are of different things: they are not ranked against each other.'
      : '',
  ];
  return { json: comparison, text: blocks.filter((block) => block !== '').join('\n\n') };
}

/** A study stands for its runs; what is too many or too few is said by its number. */
async function comparedRuns(
  client: EngineClient,
  references: readonly RunReference[],
): Promise<RunReference[]> {
  const runs = await runsOf(client, references);
  if (runs.length >= 2 && runs.length <= 10) return runs;
  throw new UsageError(`compare takes 2 to 10 runs, but these are ${runs.length}.`);
}

/** Mean and deviation of the studies that the runs belong to. */
async function studyTable(
  client: EngineClient,
  runs: readonly RunSummary[],
  style: TableStyle,
): Promise<string> {
  const ids = new Set(runs.flatMap(({ studyId }) => studyId ?? []));
  if (ids.size === 0) return '';
  const studies = (await client.studies.list()).filter(({ id }) => ids.has(id));
  const columns = [
    { header: 'STUDY', right: true },
    { header: 'NAME', cut: true },
    { header: 'RUNS', right: true },
    { header: 'TEST, MEAN ± DEVIATION', right: true },
    { header: 'BEST VALIDATION', right: true },
  ];
  const rows = studies.map(({ id, name, runs: members, findings }) => [
    `s${id}`,
    name,
    String(members.length),
    spreadText(findings.test),
    spreadText(findings.validation),
  ]);
  return renderTable(columns, rows, style);
}

function runTable(runs: readonly RunSummary[], style: TableStyle): string {
  const columns = [
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true },
    { header: 'STATE' },
    { header: 'DATASET', cut: true },
    { header: 'MODEL' },
    { header: 'PARAMETERS', right: true },
    { header: 'EPOCHS', right: true },
    { header: 'BEST VALIDATION', right: true },
  ];
  const rows = runs.map((run) => [
    String(run.id),
    run.name,
    stateText(run),
    `${run.datasetName} v${run.datasetVersion}`,
    run.modelKind,
    run.parameterCount === null ? NOTHING : formatCount(run.parameterCount),
    String(run.epoch),
    formatScore(run.bestValidationLoss),
  ]);
  return renderTable(columns, rows, style);
}

function differenceTable({ runs, differences }: Comparison, style: TableStyle): string {
  if (differences.length === 0) return 'The configurations are the same.';
  const columns = [
    { header: 'DIFFERENCE', cut: true },
    ...runs.map((run) => ({ header: `RUN ${run.id}`, cut: true })),
  ];
  const rows = differences.map(({ path, values }) => [path, ...values.map(valueText)]);
  return renderTable(columns, rows, style);
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return NOTHING;
  return cutText(typeof value === 'string' ? value : JSON.stringify(value), 60);
}

function protocolTable({ protocols }: Comparison, index: number, style: TableStyle): string {
  const protocol = protocols[index]!;
  const heads = [...new Set(protocol.rows.map((row) => row.metric))];
  // Runs may have the same name, so that the label alone does not tell them apart.
  const named = protocol.rows.map((row) => ({
    ...row,
    name: row.runId === null ? row.label : `${row.runId} ${row.label}`,
  }));
  const rows = [...new Set(named.map((row) => row.name))].map((name) => [
    name,
    ...heads.map((metric) => {
      const row = named.find((candidate) => candidate.name === name && candidate.metric === metric);
      return row
        ? `${scoreFormat(CATALOGUE, metric, formatScore)(row.value)}${row.best ? ' *' : '  '}`
        : `${NOTHING}  `;
    }),
  ]);
  const title = `Test scores${protocols.length > 1 ? `, protocol ${index + 1}` : ''}${protocol.fingerprint ? ` (${protocol.fingerprint.slice(0, 12)})` : ''}, runs ${protocol.runs.join(', ')}:`;
  if (rows.length === 0) return `${title} none yet.`;
  const columns = [
    { header: '', cut: true },
    ...heads.map((metric) => ({ header: `${metricInfo(CATALOGUE, metric).label}  `, right: true })),
  ];
  const remark = protocol.remark === null ? '' : `\n${protocol.remark}`;
  return `${title}\n${renderTable(columns, rows, style)}\n* ${BEST_RULE}${remark}`;
}
