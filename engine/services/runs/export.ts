// runs.export: makes the files of a run; the caller writes them.

import type { ExportedFile, ExportTablesJob } from '../../contract/processes/jobs/export.ts';
import type { Verification } from '../../contract/results/new-data.ts';
import type { ExportFormat, ReportFigure } from '../../contract/runs/export.ts';
import type { RunId, RunReference } from '../../contract/values/ids.ts';
import type { ExportFile } from '../../export/csv.ts';
import { CARD_FILE } from '../../export/tfjs/file-names.ts';
import { verifiedIn } from '../../export/tfjs/verified-in.ts';
import { describeModel } from '../../words/model-descriptions.ts';
import type { EngineContext } from '../context.ts';
import { trainedOn } from '../forecasts/new-data.ts';
import { trainedModel } from '../forecasts/run-forecast.ts';
import { withSeedNote } from '../studies/seed-note.ts';
import { requireShownTest } from '../studies/shown-test.ts';
import { readRows } from './metric-rows.ts';

export interface ExportRequest {
  readonly run: RunReference;
  readonly format: ExportFormat;
  readonly guardFormulas?: boolean;
  /** Of a report. */
  readonly figures?: readonly ReportFigure[];
}

export async function exportRun(
  context: EngineContext,
  { run, format, guardFormulas = true, figures = [] }: ExportRequest,
  signal: AbortSignal | undefined,
): Promise<{ files: ExportFile[]; verified?: Verification }> {
  const runId = context.workspace.runs.resolve(run);
  if (format !== 'tfjs')
    return { files: await exportTables(context, runId, { format, guardFormulas, figures }, signal) };
  const files = await exportModel(context, runId, signal);
  const card = files.find(({ name }) => name === CARD_FILE);
  return { files, ...(card && { verified: verifiedIn(await card.content.text()) }) };
}

async function exportTables(
  { workspace, runJob }: EngineContext,
  runId: RunId,
  wanted: Pick<ExportTablesJob, 'format' | 'guardFormulas' | 'figures'>,
  signal: AbortSignal | undefined,
): Promise<ExportFile[]> {
  requireShownTest(workspace, runId, 'export its model');
  const run = withSeedNote(workspace, workspace.runs.wholeDetail(runId));
  const rowsOf = (scope: 'step' | 'epoch') => readRows(workspace, { run: runId, scope, after: 0 });
  const files = await runJob(
    'export-tables',
    {
      workspacePath: workspace.path,
      datasetVersionId: run.datasetVersionId,
      experiment: run.configuration,
      model: trainedModel(workspace, runId),
      run,
      steps: await rowsOf('step'),
      epochs: await rowsOf('epoch'),
      threads: 1,
      ...wanted,
    },
    { signal },
  );
  return files.map(toBlob);
}

async function exportModel(
  { workspace, runJob }: EngineContext,
  runId: RunId,
  signal: AbortSignal | undefined,
): Promise<ExportFile[]> {
  const run = workspace.runs.wholeDetail(runId);
  const dataset = workspace.datasets.detail(run.datasetName, run.datasetVersion);
  const { title, sentence } = describeModel(run.configuration.model.kind);
  const files = await runJob(
    'export',
    {
      workspacePath: workspace.path,
      datasetVersionId: run.datasetVersionId,
      experiment: run.configuration,
      model: trainedModel(workspace, runId),
      about: {
        name: run.name,
        description: `${title}. ${sentence}`,
        training: {
          dataset: run.datasetName,
          datasetVersion: run.datasetVersion,
          dataHash: dataset.contentHash,
          fingerprint: run.fingerprint,
          weightsHash: run.weightsHash,
          seed: run.seed,
        },
        trainedOn: trainedOn(dataset),
        scores: run.scores,
      },
      threads: 1,
    },
    { signal },
  );
  return files.map(toBlob);
}

function toBlob({ name, mediaType, data }: ExportedFile): ExportFile {
  return { name, mediaType, content: new Blob([data.slice()], { type: mediaType }) };
}
