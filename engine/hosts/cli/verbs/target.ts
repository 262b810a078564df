// Resolves the argument RUN: the number or name of a run, `s3`, or the name of a study.
import type { RunReference, StudyId } from '../../../contract/values/ids.ts';
import type { EngineClient } from '../context.ts';

export type Target =
  | { readonly run: RunReference; readonly study: null }
  | { readonly run: null; readonly study: StudyId };

/** A number is a run and needs no question. Throws `not-found` and `conflict`. */
export async function findTarget(client: EngineClient, reference: RunReference): Promise<Target> {
  if (typeof reference === 'number') return { run: reference, study: null };
  const { run, study } = await client.studies.find({ reference });
  return study === null ? { run: run ?? reference, study: null } : { run: null, study };
}
