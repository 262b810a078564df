// `hindcast resume RUN` puts a run back into the queue; `hindcast duplicate RUN` queues a new run with the same configuration.

import type { Place } from '../../../contract/pool/place.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatCount } from '../text/format.ts';
import { followToEnd, lastSequence } from './follow.ts';
import { resumeStudy } from './study.ts';
import { findTarget } from './target.ts';

export interface ResumeArguments {
  readonly run: RunReference;
  readonly watch: boolean;
  readonly on?: Place;
}

export async function resume(context: VerbContext, given: ResumeArguments): Promise<Outcome> {
  const connection = await context.connect('existing');
  const after = await lastSequence(connection);
  const target = await findTarget(connection.client, given.run);
  if (target.study !== null) {
    const { watch, on } = given;
    return resumeStudy(context, connection, { study: target.study, after, watch, on });
  }
  const run = await connection.client.runs.resume({ run: target.run, on: given.on });
  const startedText = `Run ${run.id} "${run.name}" is back in the queue and resumes from step ${formatCount(run.step)}.`;
  const onPool = given.watch && (await connection.client.runs.get({ run: run.id })).pool !== undefined;
  return followToEnd(context, connection, { run, after, watch: given.watch, startedText, onPool });
}

export interface DuplicateArguments extends ResumeArguments {
  readonly seed?: number;
  readonly name?: string;
}

export async function duplicate(context: VerbContext, given: DuplicateArguments): Promise<Outcome> {
  const connection = await context.connect('existing');
  const after = await lastSequence(connection);
  const run = await connection.client.runs.duplicate({ run: given.run, seed: given.seed, name: given.name });
  const startedText = `Run ${run.id} "${run.name}" is queued: the configuration of run ${given.run}, seed ${run.seed}.`;
  return followToEnd(context, connection, { run, after, watch: given.watch, startedText });
}
