// A fitted step that shifts and divides: standardize, min-max and robust differ only in their estimates.
import { findScaling, type Scaling, scale } from './by-series.ts';
import { type FittedStep, mapChannels } from './step.ts';

interface ScalingState {
  readonly step: 'standardize' | 'min-max' | 'robust';
  readonly scalings: readonly Scaling[];
}

export function fittedScaling(state: ScalingState): FittedStep {
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) => {
        const scaling = findScaling(state.scalings, table.name, channel.name);
        return scaling === null ? channel : { ...channel, values: scale(channel.values, scaling) };
      }),
    inverse(series, channel) {
      const scaling = findScaling(state.scalings, series, channel);
      return scaling && ((value) => value * scaling.scale + scaling.offset);
    },
  };
}
