// labs.run: a lab part by part in worker processes. What it measured is kept at its end; a lab that is cancelled leaves nothing.
import { processorName } from '../../backends/processor.ts';
import type { LabChoice, LabUpdate } from '../../contract/labs.ts';
import type { LabJob } from '../../contract/processes/jobs/inside.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { EngineContext } from '../context.ts';
import { threadShare } from '../runs/thread-share.ts';

/** @throws HindcastError for data that there are not, or that do not suit; `cancelled` by the signal. */
export async function* runLab(
  context: EngineContext,
  { lab, guess, quick, data }: LabChoice,
  signal: AbortSignal | undefined,
): AsyncGenerator<LabUpdate, void> {
  const { workspace, host, runJob, supervisor } = context;
  const startedAtMs = host.now();
  const { now: threads } = threadShare(workspace, supervisor.running().length + 1, host.cores);
  const own = data && ownData(context, data);
  const ask = (results: readonly unknown[] | null) =>
    runJob('lab', { lab, quick, threads, own: own?.job ?? null, results }, { signal, about: `lab ${lab}` });
  const { parts } = await ask(null);
  const results: unknown[] = [];
  for (const [done, doing] of parts.entries()) {
    const secondsLeft =
      done === 0 ? null : (((host.now() - startedAtMs) / 1000) * (parts.length - done)) / done;
    yield { type: 'progress', doing, done, of: parts.length, secondsLeft };
    results.push((await ask(results)).result);
  }
  const { outcome } = await ask(results);
  if (!outcome) throw new HindcastError('internal', `The lab ${lab} ended without an outcome.`);
  const endedAtMs = host.now();
  const result = workspace.labResults.add({
    lab,
    atMs: endedAtMs,
    seconds: (endedAtMs - startedAtMs) / 1000,
    guess,
    quick,
    data: own?.words ?? null,
    machine: `${processorName()}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
    outcome,
  });
  yield { type: 'done', result };
}

/** Series that an error names. */
const MOST_NAMED = 10;

/** @throws HindcastError `not-found`, `unknown-column` */
function ownData(
  { workspace }: EngineContext,
  { dataset, target, series: name }: NonNullable<LabChoice['data']>,
): { readonly job: NonNullable<LabJob['own']>; readonly words: string } {
  const detail = workspace.datasets.detail(dataset);
  const { name: title, seriesInfo, columns, version, versionId } = detail;
  const series = name === undefined ? seriesInfo[0] : seriesInfo.find((one) => one.name === name);
  if (!series) {
    const names = seriesInfo.slice(0, MOST_NAMED).map((one) => one.name);
    const message = `${title} has no series "${name}"; choose one of ${names.join(', ')}${names.length < seriesInfo.length ? ', ...' : ''}.`;
    throw new HindcastError('not-found', message, { details: { series: name } });
  }
  const numeric = columns.filter(({ kind }) => kind === 'numeric').map((column) => column.name);
  if (!numeric.includes(target)) {
    const message = `${title} has no numeric column "${target}"; a lab can take ${numeric.join(', ')}.`;
    throw new HindcastError('unknown-column', message, { details: { column: target } });
  }
  return {
    job: {
      workspacePath: workspace.path,
      datasetVersionId: versionId,
      dataset: title,
      target,
      series: series.name,
    },
    words: `${target} of ${title}, version ${version}`,
  };
}
