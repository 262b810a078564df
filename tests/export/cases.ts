// Every model, and every pipeline that an export treats differently.
import type { Series } from '../../engine/data/series.ts';
import { SMALL_MODELS } from '../models/toys.ts';
import { madeSeries } from './source.ts';

export interface ExportCase {
  readonly name: string;
  readonly changes: object;
  readonly series: readonly Series[];
  readonly units: 'data' | 'model';
}

const one = [madeSeries('one', 1)];
const two = [madeSeries('one', 1), madeSeries('two', 2, { level: 200, spread: 90 })];

const MODELS: Readonly<Record<string, object>> = {
  ...SMALL_MODELS,
  'rnn without biases, both directions, 2 layers': {
    kind: 'rnn',
    units: 6,
    bias: false,
    layers: 2,
    bidirectional: true,
  },
  'gru, both directions': { kind: 'gru', units: 6, bidirectional: true },
  'lstm, 3 layers, both directions': { kind: 'lstm', units: 6, layers: 3, bidirectional: true },
  'lstm, truncated, segments that leave a rest': {
    kind: 'lstm',
    units: 6,
    truncateSteps: 2,
    segment: { length: 5, stride: 4 },
  },
  'attention, sine, causal, 3 layers': {
    kind: 'attention',
    units: 12,
    heads: 3,
    layers: 3,
    readout: 'last',
    causal: true,
  },
  'attention, no positions, post': {
    kind: 'attention',
    units: 8,
    heads: 1,
    positions: 'none',
    normalization: 'post',
  },
  'attention, learned, one segment': {
    kind: 'attention',
    units: 8,
    heads: 2,
    positions: 'learned',
    segment: { length: 12, stride: 1 },
  },
  'dense, 2 layers': { kind: 'dense', units: 6, layers: 2 },
  'encoder-decoder, 2 layers': { kind: 'encoder-decoder', units: 6, layers: 2 },
  'encoder-decoder, rnn': { kind: 'encoder-decoder', cell: 'rnn', units: 6 },
  'attention, channels, segments': {
    kind: 'attention',
    units: 8,
    heads: 2,
    channelIndependent: true,
    segment: { length: 4, stride: 4 },
  },
};

const task = { kind: 'forecast', targets: ['a', 'b'], lookback: 12, horizon: 3 };

const [fill, oneHot] = [{ step: 'fill' }, { step: 'one-hot' }];
const scaled = [fill, oneHot, { step: 'standardize' }];

const models = Object.entries(MODELS).map(([name, model]): ExportCase => {
  const byChannel = 'channelIndependent' in model;
  const features = byChannel ? ['a', 'b'] : ['b', 'a', 'weather'];
  return {
    name,
    changes: { model, task: { ...task, features }, pipeline: scaled },
    series: one,
    units: 'data',
  };
});

const up = { targets: ['up', 'down'], features: ['a', 'up'], loss: 'cross-entropy' };
const classes = {
  task: { ...task, ...up },
  pipeline: [{ step: 'standardize', columns: ['a'] }],
};

const withPipeline = (...pipeline: object[]) => ({ pipeline: [fill, oneHot, ...pipeline] });

const pipelines: readonly ExportCase[] = [
  {
    name: 'differences',
    changes: withPipeline({ step: 'standardize' }, { step: 'subtract-last' }),
    series: one,
    units: 'data',
  },
  {
    name: 'min-max over all series',
    changes: withPipeline({ step: 'min-max', scope: 'all' }),
    series: two,
    units: 'data',
  },
  {
    name: 'scaled twice',
    changes: withPipeline({ step: 'standardize' }, { step: 'min-max', columns: ['a'] }),
    series: one,
    units: 'data',
  },
  { name: 'classes', changes: classes, series: one, units: 'data' },
  {
    name: 'classes, encoder-decoder',
    changes: { ...classes, model: { kind: 'encoder-decoder', units: 5 } },
    series: one,
    units: 'data',
  },
  { name: 'scaled by series', changes: withPipeline({ step: 'standardize' }), series: two, units: 'model' },
  {
    name: 'logarithms, scaled by series, differences',
    changes: withPipeline(
      { step: 'log', columns: ['a'] },
      { step: 'standardize' },
      { step: 'subtract-last' },
    ),
    series: two,
    units: 'model',
  },
  {
    name: 'differences where means fill',
    changes: {
      pipeline: [
        { step: 'fill', method: 'mean' },
        oneHot,
        { step: 'standardize' },
        { step: 'subtract-last' },
      ],
    },
    series: one,
    units: 'model',
  },
  {
    name: 'the target is no input',
    changes: {
      ...withPipeline({ step: 'standardize' }, { step: 'subtract-last' }),
      task: { ...task, targets: ['a'], features: ['b', 'weather'] },
    },
    series: one,
    units: 'model',
  },
  {
    name: 'prices far above 0',
    changes: withPipeline({ step: 'standardize' }),
    series: [madeSeries('one', 1, { level: 1e5, spread: 1e4 })],
    units: 'data',
  },
  {
    name: 'volumes',
    changes: withPipeline({ step: 'standardize' }),
    series: [madeSeries('one', 1, { level: 1e9, spread: 3e8 })],
    units: 'data',
  },
  {
    name: 'a level far above its spread',
    changes: withPipeline({ step: 'standardize' }),
    series: [madeSeries('one', 1, { level: 1e7, spread: 1 })],
    units: 'model',
  },
];

const quantiles = [0.025, 0.1, 0.5, 0.6, 0.975];
const pinball = { ...task, features: ['b', 'a', 'weather'], loss: 'pinball', quantiles };
const gaussian = { ...pinball, loss: 'gaussian' };

const heads: readonly ExportCase[] = [
  { name: 'quantiles', changes: { task: pinball, pipeline: scaled }, series: one, units: 'data' },
  {
    name: 'quantiles, differences',
    changes: { task: pinball, ...withPipeline({ step: 'standardize' }, { step: 'subtract-last' }) },
    series: one,
    units: 'data',
  },
  {
    name: 'quantiles, encoder-decoder',
    changes: { task: pinball, pipeline: scaled, model: MODELS['encoder-decoder, 2 layers'] },
    series: one,
    units: 'data',
  },
  {
    name: 'quantiles, channels',
    changes: {
      task: { ...pinball, features: ['a', 'b'] },
      pipeline: scaled,
      model: MODELS['attention, channels, segments'],
    },
    series: one,
    units: 'data',
  },
  {
    name: 'quantiles, logarithms, scaled by series',
    changes: {
      task: { ...pinball, targets: ['a'] },
      ...withPipeline({ step: 'log', columns: ['a'] }, { step: 'standardize' }, { step: 'subtract-last' }),
    },
    series: two,
    units: 'model',
  },
  {
    name: 'mean and deviation',
    changes: { task: gaussian, pipeline: scaled, model: { kind: 'gru', units: 6 } },
    series: one,
    units: 'data',
  },
  {
    name: 'mean and deviation, linear',
    changes: { task: gaussian, pipeline: scaled, model: { kind: 'linear', fit: 'gradient' } },
    series: two,
    units: 'model',
  },
];

export const EXPORT_CASES: readonly ExportCase[] = [...models, ...pipelines, ...heads];
