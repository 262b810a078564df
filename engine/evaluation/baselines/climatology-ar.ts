// The climatology, and an autoregression of what differs from it: an anomaly fades as it did in the training part.
import { continueIn, createRoom, fitAutoregression, mostLags } from './autoregression/fit.ts';
import type { Baseline, BaselineData, Fill } from './baseline.ts';
import { bridge } from './bridge.ts';
import { climatologyOf, whyNoClimatology } from './climatology.ts';

export const climatologyAr: Baseline = {
  subject: 'climatology-ar',
  meaning: 'The climatology, and an autoregression of what differs from it at the origin.',
  follows: 'fit',
  options: () => null,
  missing: whyNoClimatology,
  fit,
};

function fit(data: BaselineData): Fill {
  const { series, horizon } = data;
  const usual = climatologyOf(data);
  const fitted = series.map((one, index) =>
    one.actuals.map((actuals, target) => {
      const std = one.trainStd[target]!;
      const unit = std > 0 ? std : 1;
      const calendar = usual[index]![target]!;
      const anomalies = actuals.map((value, row) => (value - calendar[row]!) / unit);
      const training = bridge(anomalies.subarray(0, one.trainRows), 0);
      const model = fitAutoregression(training, mostLags(one.trainRows, null));
      return { model, unit, calendar, anomalies: forward(anomalies), room: createRoom(model, horizon) };
    }),
  );
  return (index, origin, out, start) => {
    const targets = fitted[index]!;
    targets.forEach(({ model, unit, calendar, anomalies, room }, target) => {
      const order = model.weights.length;
      for (let i = 0; i < order; i += 1) room[i] = anomalies[origin - order + 1 + i] ?? 0;
      continueIn(room, model);
      for (let step = 1; step <= horizon; step += 1) {
        const value = calendar[origin + step]! + unit * room[order + step - 1]!;
        out[start + (step - 1) * targets.length + target] = value;
      }
    });
  };
}

/** In place: the last known anomaly where one is missing; 0, the usual, before the first one. */
function forward(values: Float64Array): Float64Array {
  let last = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row])) values[row] = last;
    else last = values[row]!;
  }
  return values;
}
