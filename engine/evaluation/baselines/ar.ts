// An autoregression for each series and target, by least squares on the training part, continued from the last known values.
import { seasonOfSeries } from '../season-of-series.ts';
import { continueIn, createRoom, fitAutoregression, mostLags } from './autoregression/fit.ts';
import {
  type Baseline,
  type BaselineData,
  type BaselineOptions,
  type Fill,
  lastKnownValues,
} from './baseline.ts';
import { bridge } from './bridge.ts';

export const ar: Baseline = {
  subject: 'ar',
  meaning:
    'Autoregression: a linear map of the last values, for each series and target, to the next one, step after step; its order by Akaike.',
  follows: 'fit',
  options: () => null,
  missing: () => null,
  fit,
};

function fit({ series, horizon }: BaselineData, { evaluation }: BaselineOptions): Fill {
  const fitted = series.map((one) => {
    const most = mostLags(one.trainRows, seasonOfSeries(one, evaluation));
    const lasts = lastKnownValues(one);
    return one.actuals.map((actuals, target) => {
      const mean = one.trainMean[target]!;
      const std = one.trainStd[target]!;
      const unit = std > 0 ? std : 1;
      const training = bridge(actuals.subarray(0, one.trainRows), mean).map((value) => (value - mean) / unit);
      const model = fitAutoregression(training, most);
      return { model, mean, unit, values: lasts[target]!, room: createRoom(model, horizon) };
    });
  });
  return (index, origin, out, start) => {
    const targets = fitted[index]!;
    targets.forEach(({ model, mean, unit, values, room }, target) => {
      const order = model.weights.length;
      for (let i = 0; i < order; i += 1) room[i] = ((values[origin - order + 1 + i] ?? mean) - mean) / unit;
      continueIn(room, model);
      for (let step = 0; step < horizon; step += 1)
        out[start + step * targets.length + target] = mean + unit * room[order + step]!;
    });
  };
}
