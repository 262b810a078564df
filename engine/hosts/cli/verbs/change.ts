// `hindcast rename RUN NAME` and `hindcast delete RUN`.
import type { RunReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatBytes } from '../text/format.ts';
import { askForGood, requireAnswer } from './ask.ts';
import { deleteStudy, renameStudy } from './study.ts';
import { findTarget } from './target.ts';

export async function rename(context: VerbContext, run: RunReference, name: string): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const target = await findTarget(client, run);
  if (target.study !== null) return renameStudy(client, target.study, name);
  const renamed = await client.runs.rename({ run: target.run, name });
  return { json: renamed, text: `Run ${renamed.id} is now "${renamed.name}".` };
}

export interface DeleteArguments {
  readonly run: RunReference;
  readonly yes?: boolean;
}

export async function deleteRun(context: VerbContext, given: DeleteArguments): Promise<Outcome> {
  const { terminal } = context;
  requireAnswer(terminal, 'delete', 'run', given.yes);
  const { client } = await context.connect('existing');
  const target = await findTarget(client, given.run);
  if (target.study !== null) return deleteStudy(context, client, { study: target.study, yes: given.yes });
  const run = await client.runs.get({ run: target.run });
  const label = `run ${run.id} "${run.name}"`;
  if (!given.yes && !(await askForGood(terminal, `${label} (${run.state}, ${formatBytes(run.bytes)})`))) {
    return { json: { deleted: false, run: run.id }, text: `Kept ${label}.`, exitCode: 1 };
  }
  await client.runs.delete({ run: run.id });
  return { json: { deleted: true, run: run.id }, text: `Deleted ${label}.` };
}
