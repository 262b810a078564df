// `hindcast compare RUN RUN...`: what differs between runs, and their scores beside the baselines, protocol by protocol.

import type { Comparison, RunSummary } from '../../../contract/runs/run.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { columnsOf } from '../../../words/compared.ts';
import { BEST_RULE } from '../../../words/scores/best-scores.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import { comparedSkills } from '../../../words/scores/skill.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { damagedLine, jsonOfRun } from '../text/damaged-runs.ts';
import { formatCount, formatScore, NOTHING } from '../text/format.ts';
import { spreadText } from '../text/study-text.ts';
import { cutText, LONGEST_NAME, renderTable, type TableStyle } from '../text/table.ts';
import { stateText } from './runs.ts';
import { tableStyle } from './style.ts';
import { findTarget } from './target.ts';

export async function compare(context: VerbContext, references: readonly RunReference[]): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const runs = [];
  for (const reference of references) {
    const { run, study } = await findTarget(client, reference);
    runs.push(study === null ? run : `s${study}`);
  }
  const comparison = await client.runs.compare({ runs });
  const style = tableStyle(context.terminal);
  const blocks = [
    runTable(comparison.runs, style),
    await studyTable(client, comparison.runs, style),
    damagedLine(comparison.runs) ?? '',
    differenceTable(comparison, style),
    ...comparison.protocols.map((_, index) => protocolTable(comparison, index, style)),
    comparison.protocols.length > 1
      ? 'Scores of different protocols are of different things: they are not ranked against each other.'
      : '',
  ];
  const json = { ...comparison, runs: comparison.runs.map(jsonOfRun) };
  return { json, text: blocks.filter((block) => block !== '').join('\n\n') };
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
    { header: 'NAME', cut: true, most: LONGEST_NAME },
    { header: 'RUNS', right: true },
    { header: 'TEST, MEAN ± STD. DEV.', right: true },
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
    { header: 'NAME', cut: true, most: LONGEST_NAME },
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
    run.state === 'damaged' ? run.datasetName : `${run.datasetName} v${run.datasetVersion}`,
    run.modelKind,
    run.parameterCount === null ? NOTHING : formatCount(run.parameterCount),
    run.state === 'damaged' ? NOTHING : String(run.epoch),
    formatScore(run.bestValidationLoss),
  ]);
  return renderTable(columns, rows, style);
}

/** A column for each run, and one for all the runs of a study. */
function differenceTable(comparison: Comparison, style: TableStyle): string {
  if (comparison.differences.length === 0) return 'The configurations are the same.';
  const columns = columnsOf(comparison);
  const heads = columns.map(({ study, runs }) => (study ? `STUDY s${study.id}` : `RUN ${runs[0]?.id}`));
  const rows = comparison.differences.map(({ path, values }) => [
    path,
    ...columns.map(({ positions }) => valuesText(positions.map((position) => values[position]))),
  ]);
  return renderTable(
    [{ header: 'DIFFERENCE', cut: true }, ...heads.map((header) => ({ header, cut: true }))],
    rows,
    style,
  );
}

const valuesText = (values: readonly unknown[]): string => [...new Set(values.map(valueText))].join(', ');

function valueText(value: unknown): string {
  if (value === null || value === undefined) return NOTHING;
  return cutText(typeof value === 'string' ? value : JSON.stringify(value), 60);
}

type ScoreRow = Comparison['protocols'][number]['rows'][number];

/** Names may be given twice: the number tells runs and studies apart. */
function nameOfRow({ runId, studyId, label }: ScoreRow): string {
  if (studyId !== null) return `s${studyId} ${label}`;
  return runId === null ? label : `${runId} ${label}`;
}

/** `41.00 ± 0.5000 *`: the star marks the best. */
function cellText(row: ScoreRow | undefined): string {
  if (!row) return `${NOTHING}  `;
  const format = scoreFormat(CATALOGUE, row.metric, formatScore);
  const deviation = row.deviation === null ? '' : ` ± ${format(row.deviation)}`;
  return `${format(row.value)}${deviation}${row.best ? ' *' : '  '}`;
}

function protocolTable({ protocols }: Comparison, index: number, style: TableStyle): string {
  const protocol = protocols[index]!;
  const heads = [...new Set(protocol.rows.map((row) => row.metric))];
  const named = protocol.rows.map((row) => ({ row, name: nameOfRow(row) }));
  const rows = [...new Set(named.map(({ name }) => name))].map((name) => [
    name,
    ...heads.map((metric) =>
      cellText(named.find((one) => one.name === name && one.row.metric === metric)?.row),
    ),
  ]);
  const title = `Test scores${protocols.length > 1 ? `, protocol ${index + 1}` : ''}${protocol.fingerprint ? ` (${protocol.fingerprint.slice(0, 12)})` : ''}, ${protocol.runs.length === 1 ? 'run' : 'runs'} ${protocol.runs.join(', ')}:`;
  if (rows.length === 0) return `${title} none yet.`;
  const columns = [
    { header: '', cut: true },
    ...heads.map((metric) => ({ header: `${metricInfo(CATALOGUE, metric).label}  `, right: true })),
  ];
  const remark = protocol.remark === null ? '' : `\n${protocol.remark}`;
  const skills = comparedSkills(
    named.map(({ row, name }) => ({ ...row, name })),
    CATALOGUE,
  );
  const skill = skills === null ? '' : `\n${skills}`;
  return `${title}\n${renderTable(columns, rows, style)}\n* ${BEST_RULE}${skill}${remark}`;
}
