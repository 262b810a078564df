// What might help a gradient through time: the run's own experiment with one change each, with the same seed.
import type { Experiment } from '../../../engine/contract/experiment/experiment.ts';
import { isRecurrent, type RecurrentModel } from '../../../engine/contract/experiment/model.ts';

export interface WhatIf {
  /** `LSTM instead of RNN` */
  readonly label: string;
  readonly experiment: Experiment;
}

const CELLS = { rnn: 'RNN', gru: 'GRU', lstm: 'LSTM' } as const;

/**
 * None for models without a state of their own.
 * @param steps that the state goes over in a window
 */
export function whatIfs(experiment: Experiment, steps: number): WhatIf[] {
  const { model, training } = experiment;
  if (!isRecurrent(model)) return [];
  const changes: [string, Partial<Experiment>][] = [
    ...cellChanges(model),
    ...initializerChanges(model, steps),
    ...(training.clipNorm === null
      ? [withClip(training, 1, 'clipping at 1')]
      : [
          withClip(training, training.clipNorm / 4, `clipping at ${training.clipNorm / 4}`),
          withClip(training, null, 'no clipping'),
        ]),
  ];
  return changes.map(([label, changed]) => ({
    label,
    experiment: { ...experiment, ...changed, name: `${experiment.name}, ${label}` },
  }));
}

/** Another cell of the same size; what the cells do not share takes its default. */
function cellChanges(model: RecurrentModel): [string, Partial<Experiment>][] {
  const { units, layers, bidirectional, dropout, truncateSteps, segment, channelIndependent } = model;
  const shared = { units, layers, bidirectional, dropout, truncateSteps, segment, channelIndependent };
  const recurrentInitializer = 'orthogonal' as const;
  const others: RecurrentModel[] = [
    { ...shared, kind: 'rnn', activation: 'tanh', bias: true, recurrentInitializer, recurrentGain: 1 },
    { ...shared, kind: 'gru', updateBias: 0, chronoSteps: null, recurrentInitializer },
    { ...shared, kind: 'lstm', forgetBias: 1, chronoSteps: null, recurrentInitializer },
  ];
  return others
    .filter(({ kind }) => kind !== model.kind)
    .map((other) => [`${CELLS[other.kind]} instead of ${CELLS[model.kind]}`, { model: other }]);
}

function initializerChanges(model: RecurrentModel, steps: number): [string, Partial<Experiment>][] {
  const changes: [string, Partial<Experiment>][] = [
    model.recurrentInitializer === 'orthogonal'
      ? ['Glorot recurrent weights', { model: { ...model, recurrentInitializer: 'glorot' } }]
      : ['orthogonal recurrent weights', { model: { ...model, recurrentInitializer: 'orthogonal' } }],
  ];
  if (model.kind !== 'rnn' && model.chronoSteps === null && steps >= 2) {
    changes.push([`chrono biases up to ${steps} steps`, { model: { ...model, chronoSteps: steps } }]);
  }
  return changes;
}

const withClip = (
  training: Experiment['training'],
  clipNorm: number | null,
  label: string,
): [string, Partial<Experiment>] => [label, { training: { ...training, clipNorm } }];
