// The weights of any epoch by a replay, checked against the hash of the run's.
import { expect, test } from 'vitest';
import { StatesChoiceSchema } from '../../engine/contract/inside/states.ts';
import { inspect, replay, type Subject } from '../../engine/inside/forecaster/load.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { openForecast } from '../../engine/tasks/forecast/machine.ts';
import { train } from '../../engine/training/loop.ts';
import { encodeWeights, hashWeights } from '../../engine/training/weights.ts';
import { choiceOf, subjectOf } from './subject.ts';

const training = { epochs: 3, batchSize: 64, earlyStopping: null };

function trained(): Subject {
  return subjectOf({
    model: { kind: 'gru', units: 3, layers: 2, dropout: 0.2 },
    rows: 200,
    experiment: { training },
  });
}

/** As the training process trains it. */
async function trainItself(subject: Subject) {
  const { experiment, prepared } = await inspect(subject);
  const task = openForecast({ experiment, prepared, prepareWith: () => prepared }).training();
  const setup = {
    task,
    training: experiment.training,
    seed: experiment.seed,
    checkpoint: null,
    shouldStop: () => false,
    checkpointDue: () => false,
  };
  for await (const event of train(setup)) if (event.type === 'ended') return event;
  throw new Error('a training ends');
}

const statesWith = (subject: Subject, weights: Subject['weights']) =>
  VIEWS.states({ ...subject, weights }, { ...choiceOf(), ...StatesChoiceSchema.parse({ whole: true }) });

test('every epoch can be looked into, and the replay is the run itself', async () => {
  const subject = trained();
  const { best, last } = await trainItself(subject);
  const weightsHash = hashWeights(encodeWeights(best!.weights));
  await expect(statesWith(subject, { epoch: 2 })).rejects.toThrow(
    'The weights of epoch 2 were not kept; replay the run first.',
  );
  const answer = await replay(subject, { epochs: 3, weightsHash });
  expect(answer).toEqual({
    epochs: [1, 2, 3],
    isSame: true,
    sentence: 'The replay ended with the same weights as the run, bit for bit.',
  });
  const { arrays } = await inspect({ ...subject, weights: { epoch: 3 } });
  expect([...arrays.values()].map(({ values }) => [...values])).toEqual(
    last.weights.map(({ values }) => [...values]),
  );
  const states = [];
  for (const epoch of [1, 2, 3])
    states.push(Buffer.from(await statesWith(subject, { epoch })).toString('hex'));
  expect(new Set(states).size).toBe(3);
  await expect(statesWith(subject, { epoch: 9 })).rejects.toThrow(
    'The weights of epoch 9 were not kept; the replay kept epochs 1, 2, 3.',
  );
});

test('a replay that ends elsewhere says so, and one without a hash says that it was not checked', async () => {
  const other = await replay(trained(), { epochs: 3, weightsHash: 'of other kernels' });
  expect(other.isSame).toBe(false);
  expect(other.sentence).toContain('trained by another version of the kernels or on another backend');
  const unknown = await replay(trained(), { epochs: 1, weightsHash: null });
  expect(unknown).toMatchObject({ epochs: [1], isSame: null });
  expect(unknown.sentence).toContain('cannot be checked');
});
