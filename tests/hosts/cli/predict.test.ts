// `hindcast predict` of a run that answers no samples names the verb that asks such a run.
import { expect, test } from 'vitest';
import { parseArguments } from '../../../engine/hosts/cli/program.ts';
import { asAnsweringTask } from '../../../engine/services/classify/classify-views.ts';
import { TASKS } from '../../../engine/tasks/registry.ts';
import type { TaskKind } from '../../../engine/tasks/task-kind.ts';

const KINDS: readonly TaskKind[] = Object.values(TASKS) as never;

const refusalOf = ({ kind }: TaskKind): string | null => {
  try {
    asAnsweringTask({ kind } as never);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

test('every kind of run answers samples, or says by which verb it is asked', () => {
  const help = parseArguments(['--help'], 200);
  const printed = help.kind === 'print' ? help.text : expect.unreachable();
  const said = Object.fromEntries(
    KINDS.map((one) => [one.kind, /in a terminal: hindcast (\w+)/.exec(refusalOf(one) ?? '')?.[1] ?? null]),
  );
  expect(said).toEqual({
    forecast: 'forecast',
    classify: null,
    tag: null,
    estimate: null,
    label: 'label',
    translate: 'translate',
    generate: 'generate',
    video: 'frames',
    caption: 'caption',
  });
  for (const one of KINDS) {
    expect(refusalOf(one) === null).toBe(one.samples !== undefined);
    if (one.verb !== undefined) expect(printed).toMatch(new RegExp(`^ +${one.verb}\\b`, 'm'));
  }
});
