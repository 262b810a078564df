// The job `lab`: one part of a lab, or the outcome once all parts are done. The host keeps the results in between, so that a lab shows
// progress and other jobs have their turn.
import { selectBackend } from '../../../backends/select.ts';
import type { LabJob } from '../../../contract/processes/jobs/inside.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { LabGiven, OwnData } from '../../../labs/lab.ts';
import { LABS } from '../../../labs/registry.ts';
import type { Job, JobEnvironment } from './job.ts';

export const labJob: Job<Jobs['lab']> = {
  async run(job, { openSource }) {
    const { lab: name, quick, threads, results } = job;
    const given: LabGiven = { own: await readOwn(job, openSource), quick, threads };
    const lab = LABS[name];
    const parts = lab.parts(given);
    if (results === null) return { parts };
    if (results.length >= parts.length) return { parts, outcome: lab.conclude(results, given) };
    await selectBackend('simd', { allowFallback: false, threads });
    return { parts, result: await lab.run(results.length, given) };
  },
};

async function readOwn({ own }: LabJob, openSource: JobEnvironment['openSource']): Promise<OwnData | null> {
  if (own === null) return null;
  const { workspacePath, datasetVersionId, dataset, target, series: name } = own;
  const source = await openSource(workspacePath, datasetVersionId);
  try {
    const [series] = await source.read({ columns: [target], series: [name] });
    return { dataset, target, series: series! };
  } finally {
    source.close();
  }
}
