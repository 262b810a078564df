// The fields of models that Design leaves out are those that runs refuse: another value ends in a sentence beside the field.
import { expect, test } from 'vitest';
import { type Model, ModelSchema } from '../../engine/contract/experiment/model.ts';
import { createStepBody } from '../../engine/models/registry.ts';
import { createStepLabeller } from '../../engine/models/step-labeller.ts';
import { TASKS } from '../../engine/tasks/registry.ts';
import type { TaskKind } from '../../engine/tasks/task-kind.ts';
import { screensOf } from '../../renderer/tasks/screens-of.ts';

const ofSteps = (model: Model) => createStepBody(model, { features: 4, mostSteps: 8 });
const MAKERS: Readonly<Record<string, (model: Model) => unknown>> = {
  generate: ofSteps,
  video: ofSteps,
  label: (model) =>
    createStepLabeller(model, { read: { kind: 'rows', channels: 2 }, classes: 2, mostSteps: 8 }),
};
const OTHERWISE: Readonly<Record<string, unknown>> = { truncateSteps: 4, bidirectional: true, causal: false };

test.each(Object.entries(MAKERS))('of the task %s', (kind, make) => {
  const { refusedFields = {} } = screensOf(kind);
  expect(Object.keys(refusedFields).length).toBeGreaterThan(0);
  for (const [name, value] of Object.entries(refusedFields)) {
    const plain = { kind: name === 'causal' ? 'attention' : 'gru', units: 8 };
    const wanted = { ...plain, ...(name === 'causal' && { [name]: value }) };
    expect(() => make(ModelSchema.parse(wanted))).not.toThrow();
    expect(() => make(ModelSchema.parse({ ...plain, [name]: OTHERWISE[name] }))).toThrow(`model.${name}`);
  }
});

test('what would change nothing is refused before a run is made, and not offered either', () => {
  const idle = Object.values<TaskKind>(TASKS).filter(({ idleFields }) => idleFields);
  expect(idle.map(({ kind }) => kind).toSorted()).toEqual([
    'caption',
    'classify',
    'estimate',
    'tag',
    'translate',
  ]);
  for (const { kind, idleFields } of idle) expect(screensOf(kind).refusedFields).toEqual(idleFields);
});
