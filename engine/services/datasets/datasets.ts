// datasets.*, except importing, which is in import.ts.
import type { DatasetDetail, DatasetSummary } from '../../contract/datasets/dataset.ts';
import { ValuesFrame } from '../../contract/datasets/frames.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import type { DatasetReference } from '../../contract/values/ids.ts';
import { SET_ASIDE_HEADER, setAsideLine } from '../../data/import/rows/set-aside-file.ts';
import { guardQuoted } from '../../export/csv-guard.ts';
import type { EngineContext } from '../context.ts';
import { freePagesSoon } from '../free-pages.ts';
import { isActive, removeRun } from '../runs/runs.ts';

export function renameDataset(
  { workspace, hub }: EngineContext,
  reference: DatasetReference,
  name: string,
): DatasetSummary {
  const { id } = workspace.datasets.summary(reference);
  workspace.transaction(() => {
    workspace.datasets.rename(id, name);
    hub.append({ type: 'dataset.renamed', datasetId: id, name });
  });
  return workspace.datasets.summary(id);
}

export function deleteDataset(context: EngineContext, reference: DatasetReference, withRuns: boolean): void {
  const { workspace, hub } = context;
  const { id, name } = workspace.datasets.summary(reference);
  const users = workspace.datasets.runsUsing(id);
  if (users.length > 0 && !withRuns) {
    throw new HindcastError(
      'conflict',
      `Dataset "${name}" is used by ${users.length} ${users.length === 1 ? 'run' : 'runs'} (${users.slice(0, 5).join(', ')}${users.length > 5 ? ', ...' : ''}); delete these first, or ask for them to go with it.`,
      { details: { runs: users } },
    );
  }
  const active = users.filter((run) => isActive(context, run));
  if (active.length > 0) {
    throw new HindcastError(
      'conflict',
      `Dataset "${name}" is being trained on by run ${active.join(', ')}; stop it first.`,
    );
  }
  workspace.transaction(() => {
    for (const runId of users) removeRun(context, runId);
    workspace.datasets.delete(id);
    hub.append({ type: 'dataset.deleted', datasetId: id });
  });
  freePagesSoon(workspace);
}

interface SetAsideRequest {
  readonly dataset: DatasetReference;
  readonly version?: number | undefined;
  /** Default: true. */
  readonly guardFormulas?: boolean;
}

/** Packed rows may be many: a worker process unpacks them. @throws HindcastError `not-found`, `workspace-damaged` */
export async function setAsideRows(
  { workspace, runJob }: EngineContext,
  { dataset, version, guardFormulas = true }: SetAsideRequest,
  signal?: AbortSignal,
): Promise<Blob> {
  const { versionId, report } = workspace.datasets.detail(dataset, version);
  const packed = workspace.datasets.setAsideRows(versionId);
  if (packed === null) {
    const text = SET_ASIDE_HEADER + report.setAside.map(setAsideLine).join('');
    return new Blob([guardFormulas ? guardQuoted(text) : text], { type: 'text/csv' });
  }
  const input = { packed, guardFormulas, workspacePath: workspace.path, dataset: String(dataset) };
  const content = await runJob('set-aside', input, { signal });
  return new Blob([new Uint8Array(content)], { type: 'text/csv' });
}

export interface ValuesRequest {
  readonly dataset: DatasetReference;
  readonly version?: number | undefined;
  readonly series?: string | undefined;
  readonly columns?: string[] | undefined;
  readonly fromRow: number;
  readonly rows?: number | undefined;
}

/** 8 MB, about 20 ms: a longer answer would keep every other call waiting. */
const MOST_VALUES = 1_000_000;

/** @throws HindcastError `not-found`, `unknown-column`, and `invalid-input` for more values than one answer holds. */
export function datasetValues({ workspace }: EngineContext, request: ValuesRequest): FrameAnswer {
  const { dataset, version, ...selection } = request;
  const detail = workspace.datasets.detail(dataset, version);
  requireFewValues(detail, selection);
  const { versionId } = detail;
  return ValuesFrame.toAnswer(workspace.datasets.readValues(versionId, selection));
}

function requireFewValues(
  { seriesInfo }: DatasetDetail,
  { series, columns, fromRow, rows }: Omit<ValuesRequest, 'dataset' | 'version'>,
): void {
  const info = series === undefined ? seriesInfo[0] : seriesInfo.find(({ name }) => name === series);
  const readRows = Math.min(rows ?? Number.POSITIVE_INFINITY, (info?.rows ?? 0) - fromRow);
  const perRow = 1 + (columns ?? info?.columns ?? []).length;
  if (readRows * perRow <= MOST_VALUES) return;
  const most = Math.floor(MOST_VALUES / perRow).toLocaleString('en-US');
  throw new HindcastError(
    'invalid-input',
    `${readRows.toLocaleString('en-US')} rows by ${perRow} columns are more than one answer holds; ask for up to ${most} rows at a time, with "fromRow" and "rows".`,
  );
}
