// The runs of a study.
import type { RunSummary } from '../../../contract/runs/run.ts';
import { readRunList } from '../../../contract/runs/run-list.ts';
import type { StudySummary } from '../../../contract/studies/study.ts';
import type { EngineClient } from '../context.ts';

/** In their order in the study. */
export async function membersOf(client: EngineClient, study: StudySummary): Promise<RunSummary[]> {
  const byId = new Map((await readRunList(await client.runs.list({}))).map((run) => [run.id, run]));
  return study.runs.flatMap((id) => byId.get(id) ?? []);
}
