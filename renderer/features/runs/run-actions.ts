// Actions on runs, from the list, from a run's page and by key. Actions that cannot be undone ask first.
import type { EngineClient } from '../../../engine/connect/connection.ts';
import { ACTIVE_STATES, type RunSummary, canResume as resumable } from '../../../engine/contract/runs/run.ts';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import { askText, confirm } from '../../ui/dialogs.tsx';
import { plural } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';

type ActionRun = Pick<
  RunSummary,
  'id' | 'name' | 'state' | 'step' | 'stopRequested' | 'queuePosition' | 'seed'
>;

export const canStop = (run: ActionRun): boolean => ACTIVE_STATES.includes(run.state) && !run.stopRequested;
export const canResume = (run: ActionRun): boolean => resumable(run) || run.state === 'paused';
export const canDelete = (run: ActionRun): boolean => !ACTIVE_STATES.includes(run.state);

export interface RunActions {
  stop(runs: readonly ActionRun[]): Promise<void>;
  /** For queued runs: starts the queue that an ended engine left. */
  resume(runs: readonly ActionRun[]): Promise<void>;
  /** The one that makes sense for each. */
  toggle(runs: readonly ActionRun[]): Promise<void>;
  rename(run: ActionRun): Promise<void>;
  /** The same configuration with the next seed. @returns the new run's number. */
  duplicate(run: ActionRun): Promise<number | undefined>;
  /** False when the user thought better of it. */
  remove(runs: readonly ActionRun[]): Promise<boolean>;
  /** By this many positions in the queue. */
  move(run: ActionRun, by: number): Promise<void>;
  /** All its runs, and it asks for no more. */
  stopStudy(study: NamedStudy): Promise<void>;
  resumeStudy(study: NamedStudy): Promise<void>;
  renameStudy(study: NamedStudy): Promise<void>;
}

type NamedStudy = Pick<StudySummary, 'id' | 'name'>;

export function createRunActions(engine: EngineClient): RunActions {
  async function stop(runs: readonly ActionRun[]): Promise<void> {
    for (const run of runs.filter(canStop)) await attempt(() => engine.runs.stop({ run: run.id }));
  }
  async function resume(runs: readonly ActionRun[]): Promise<void> {
    const waiting = runs.filter((run) => canResume(run) || run.state === 'queued');
    for (const run of waiting) await attempt(() => engine.runs.resume({ run: run.id }));
  }
  return {
    stop,
    resume,
    async toggle(runs) {
      await stop(runs.filter(({ state }) => state !== 'paused'));
      await resume(runs.filter(canResume));
    },
    async rename(run) {
      const name = await askText({
        title: `Rename run ${run.id}`,
        action: 'Rename',
        text: { label: 'Name', initial: run.name },
      });
      if (name && name !== run.name) await attempt(() => engine.runs.rename({ run: run.id, name }));
    },
    async duplicate(run) {
      const seed = (run.seed + 1) % 2 ** 32;
      const copy = await attempt(() => engine.runs.duplicate({ run: run.id, seed }));
      if (copy) notifyDone(`Run ${copy.id} is queued: the same with seed ${seed}.`);
      return copy?.id;
    },
    async remove(runs) {
      const doomed = runs.filter(canDelete);
      if (doomed.length === 0) return false;
      const [first] = doomed;
      const sure = await confirm({
        title: doomed.length === 1 ? `Delete ${first?.name}?` : `Delete ${plural(doomed.length, 'run')}?`,
        body: 'Curves, weights and scores go with it. This cannot be undone.',
        action: doomed.length === 1 ? 'Delete run' : `Delete ${plural(doomed.length, 'run')}`,
        danger: true,
      });
      if (!sure) return false;
      for (const run of doomed) await attempt(() => engine.runs.delete({ run: run.id }));
      return true;
    },
    async move(run, by) {
      if (run.queuePosition === null) return;
      const position = Math.max(1, run.queuePosition + by);
      await attempt(() => engine.queue.move({ run: run.id, position }));
    },
    async stopStudy({ id }) {
      await attempt(() => engine.studies.stop({ study: id }));
    },
    async resumeStudy({ id }) {
      await attempt(() => engine.studies.resume({ study: id }));
    },
    async renameStudy({ id, name: before }) {
      const name = await askText({
        title: `Rename study s${id}`,
        action: 'Rename',
        text: { label: 'Name', initial: before },
      });
      if (name && name !== before) await attempt(() => engine.studies.rename({ study: id, name }));
    },
  };
}
