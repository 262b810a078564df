import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunList } from '../../../engine/contract/runs/run-list.ts';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import { errorOf, newRun, newWorkspace } from '../helpers.ts';

const RUNS = 6;
const run = fc.integer({ min: 0, max: RUNS - 1 });
const action = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('push' as const), run }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), run }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      run,
      position: fc.integer({ min: 1, max: RUNS + 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), run }) },
);

describe('the queue', () => {
  test('is a list, whatever is done to it; positions count from 1 without gaps, also in the run list', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 15, maxLength: 30 }), (actions) => {
        const workspace = newWorkspace();
        const ids = Array.from({ length: RUNS }, () => newRun(workspace));
        // Begins full, so that most actions meet a queue of several.
        let model: RunId[] = [...ids];
        for (const id of ids) workspace.queue.push(id);
        for (const step of actions) {
          const id = ids[step.run] as RunId;
          const queued = model.includes(id);
          if (step.kind === 'push') {
            if (!queued) model = [...model, id];
            expect(workspace.queue.push(id)).toBe(model.indexOf(id) + 1);
          } else if (step.kind === 'remove') {
            model = model.filter((other) => other !== id);
            expect(workspace.queue.remove(id)).toBe(queued);
          } else if (step.kind === 'delete') {
            model = model.filter((other) => other !== id);
            workspace.runs.delete(id);
            ids[step.run] = newRun(workspace);
          } else if (queued) {
            model = model.filter((other) => other !== id);
            model.splice(step.position - 1, 0, id);
            workspace.queue.move(id, step.position);
          } else {
            expect(errorOf(() => workspace.queue.move(id, step.position)).code).toBe('conflict');
          }
          expect(workspace.queue.order()).toEqual(model);
          const list = parseRunList(workspace.runs.listText()) as {
            id: RunId;
            queuePosition: number | null;
          }[];
          for (const row of list) {
            expect(row.queuePosition ?? 0).toBe(model.indexOf(row.id) + 1);
            expect(workspace.runs.summary(row.id).queuePosition).toBe(row.queuePosition);
          }
        }
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  test('refuses a run that is not there', () => {
    const workspace = newWorkspace();
    expect(errorOf(() => workspace.queue.push(99 as RunId)).code).toBe('not-found');
    expect(workspace.queue.order()).toEqual([]);
  });

  test('keeps its limit in the settings', () => {
    const workspace = newWorkspace();
    expect(workspace.queue.limit()).toBe(1);
    workspace.queue.setLimit(3);
    expect(workspace.queue.limit()).toBe(3);
    expect(workspace.settings.get('queue.limit')).toBe(3);
  });
});
