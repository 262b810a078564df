// The API group `samples`: samples of a dataset, read in worker processes.

import type { SamplePage, WholeSample } from '../../contract/datasets/sample-views.ts';
import { isReadAsTokens } from '../../contract/datasets/samples.ts';
import type { SampleContent } from '../../contract/processes/jobs/samples.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetReference } from '../../contract/values/ids.ts';
import type { EngineContext } from '../context.ts';

interface Choice {
  readonly dataset: DatasetReference;
  readonly version?: number | undefined;
}

function choose({ workspace }: EngineContext, { dataset, version }: Choice) {
  const { versionId, name, rows, samples: info } = workspace.datasets.detail(dataset, version);
  if (info) return { workspacePath: workspace.path, datasetVersionId: Number(versionId), info, rows };
  const message = `The dataset "${name}" has series over time, and no samples; ask for its chart or its values.`;
  throw new HindcastError('conflict', message, { details: { dataset: name } });
}

export interface PageRequest extends Choice {
  readonly from: number;
  readonly most: number;
  readonly label?: string | undefined;
  readonly names?: readonly string[] | undefined;
}

/** @throws HindcastError `not-found`, and `conflict` for a dataset of series */
export async function samplePage(
  context: EngineContext,
  { from, most, label, names, ...choice }: PageRequest,
  signal: AbortSignal | undefined,
): Promise<SamplePage> {
  const input = { ...choose(context, choice), from, most, label, names };
  const { pictures, ...page } = await context.runJob('sample-page', input, { signal });
  return {
    ...page,
    pictures: pictures && { ...pictures, pixels: new Blob([pictures.pixels.slice()]) },
  };
}

/** @throws HindcastError `not-found`, also for a row that is not there, and `conflict` for a dataset of series */
export async function wholeSample(
  context: EngineContext,
  { row, ...choice }: Choice & { readonly row: number },
  signal: AbortSignal | undefined,
): Promise<WholeSample> {
  return wholeOf(await context.runJob('sample', { ...choose(context, choice), row }, { signal }));
}

/** With copies that own their bytes: what comes from a process may be a view into a message. */
export function wholeOf(found: SampleContent): WholeSample {
  if (isReadAsTokens(found)) return found;
  if (found.kind === 'picture') return { ...found, pixels: new Blob([found.pixels.slice()]) };
  if (found.kind === 'audio') return { ...found, wave: new Blob([found.wave.slice()]) };
  return { ...found, values: new Blob([found.values.slice()]) };
}
