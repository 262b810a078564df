// `hindcast delete-dataset DATASET`: as in the window, runs that use the dataset are deleted with it only if the user says so.
import { HindcastError } from '../../../contract/values/errors.ts';
import type { DatasetId, DatasetReference } from '../../../contract/values/ids.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { counted, formatBytes } from '../text/format.ts';
import { askForGood, requireAnswer } from './ask.ts';

export interface DeleteDatasetArguments {
  readonly dataset: DatasetReference;
  readonly withRuns?: boolean;
  readonly yes?: boolean;
}

export async function deleteDataset(context: VerbContext, given: DeleteDatasetArguments): Promise<Outcome> {
  const { terminal } = context;
  requireAnswer(terminal, 'delete-dataset', 'dataset', given.yes);
  const { client } = await context.connect('existing');
  const { id, name, rows, bytes } = await client.datasets.get({ dataset: given.dataset });
  const label = `dataset ${id} "${name}"`;
  const mayGo = async (what: string) => given.yes === true || (await askForGood(terminal, what));
  const kept = { json: { deleted: false, dataset: id }, text: `Kept ${label}.`, exitCode: 1 };

  if (!(await mayGo(`${label} (${counted(rows, 'row')}, ${formatBytes(bytes)})`))) return kept;
  const used = await deleteUnused(client, id);
  if (used === null) return { json: { deleted: true, dataset: id, runs: [] }, text: `Deleted ${label}.` };

  const { runs, refusal } = used;
  if (given.yes && !given.withRuns) throw refusal;
  const uses = counted(runs.length, 'run');
  if (!(await mayGo(`${label} and ${uses} (${runs.join(', ')})`))) return kept;
  await client.datasets.delete({ dataset: id, withRuns: true });
  return { json: { deleted: true, dataset: id, runs }, text: `Deleted ${label} and ${uses}.` };
}

/** Null where it is deleted; the runs that use it where it is not. */
async function deleteUnused(client: EngineClient, dataset: DatasetId) {
  try {
    await client.datasets.delete({ dataset });
    return null;
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The dataset could not be deleted');
    const { runs } = error.details ?? {};
    if (error.code !== 'conflict' || !Array.isArray(runs)) throw error;
    const refusal = new HindcastError('conflict', `${error.message} --with-runs deletes them too.`, {
      details: { runs },
    });
    return { runs: runs.map(Number), refusal };
  }
}
