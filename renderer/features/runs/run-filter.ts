// Which runs the list shows: words that must all be found somewhere in a run, or in one field (`state:failed`, `tag:paper`, `baseline:worse`). Pure.

import { ACTIVE_STATES, type RunSummary } from '../../../engine/contract/run.ts';
import { isWorseThanBaseline } from '../../../engine/words/scores/baseline-check.ts';

export type StateGroup = 'all' | 'active' | 'finished' | 'broken';

const BROKEN_STATES = ['failed', 'diverged', 'interrupted'];

/** A run with what the user wrote on it. */
export interface ListedRun extends RunSummary {
  readonly tags: readonly string[];
  readonly note: string;
}

const FIELDS: Readonly<Record<string, (run: ListedRun) => string>> = {
  id: (run) => String(run.id),
  name: (run) => run.name,
  state: (run) => run.state,
  data: (run) => run.datasetName,
  model: (run) => run.modelKind,
  seed: (run) => String(run.seed),
  tag: (run) => run.tags.join(' '),
  note: (run) => run.note,
  baseline: (run) => (run.bestBaseline === null ? '' : isWorseThanBaseline(run) ? 'worse' : 'better'),
};

export function filterRuns(
  runs: readonly ListedRun[],
  text: string,
  group: StateGroup,
): readonly ListedRun[] {
  const tests = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(testOf);
  if (tests.length === 0 && group === 'all') return runs;
  return runs.filter((run) => inGroup(run, group) && tests.every((test) => test(run)));
}

function testOf(word: string): (run: ListedRun) => boolean {
  const [, field, value] = /^(\w+):(.*)$/.exec(word) ?? [];
  const read = field === undefined ? undefined : FIELDS[field];
  if (read)
    return (run) =>
      read(run)
        .toLowerCase()
        .includes(value ?? '');
  return (run) =>
    `${run.name}\n${run.datasetName}\n${run.modelKind}\n${run.state}\n${run.tags.join('\n')}`
      .toLowerCase()
      .includes(word);
}

function inGroup({ state }: ListedRun, group: StateGroup): boolean {
  if (group === 'active') return ACTIVE_STATES.includes(state);
  if (group === 'finished') return state === 'completed' || state === 'stopped';
  return group === 'all' || BROKEN_STATES.includes(state);
}
