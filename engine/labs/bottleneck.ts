// Lab 4: the bottleneck. An encoder-decoder copies 2 to 16 symbols; without attention everything must pass through the encoder's last
// state. Of one's own data: the error by look-back at one size of the state.
import type { LabOutcome } from '../contract/labs.ts';
import { capture } from '../inside/forecaster/capture.ts';
import { windowsWithTargets } from '../inside/forecaster/state-gradients.ts';
import { shareText } from '../words/share-text.ts';
import { type Learnt, learn, lookInto } from './forecaster/learn.ts';
import { copying, forecasting } from './forecaster/problems.ts';
import type { Lab, LabGiven } from './lab.ts';

const SYMBOLS = [2, 4, 8, 16] as const;
const UNITS = [16, 32, 64] as const;
const LOOKBACKS = [8, 24, 48, 96] as const;
const OWN_UNITS = 32;
const BITS_OF_A_SYMBOL = 3;
const WINDOWS = 200;

interface Setting {
  /** Symbols to copy, or the look-back of own data. */
  readonly length: number;
  readonly units: number;
  readonly attention: boolean;
}

export interface Copied {
  /** Share of the symbols that came out right; of own data the last validation loss. */
  readonly value: number;
  readonly loss: number;
}

function settingsOf({ own, quick }: LabGiven): Setting[] {
  const lengths = own ? LOOKBACKS : quick ? [2, 8] : SYMBOLS;
  const widths = own ? [OWN_UNITS] : quick ? [16] : UNITS;
  return widths.flatMap((units) =>
    [false, true].flatMap((attention) => lengths.map((length) => ({ length, units, attention }))),
  );
}

const nameOf = ({ units, attention }: Setting): string =>
  `H ${units}, ${attention ? 'with' : 'without'} attention`;

export const bottleneckLab: Lab<Copied> = {
  name: 'bottleneck',
  parts: (given) =>
    settingsOf(given).map((setting) =>
      given.own
        ? `training on ${setting.length} rows, ${nameOf(setting)}`
        : `copying ${setting.length} symbols, ${nameOf(setting)}`,
    ),
  async run(part, given) {
    const { own, quick } = given;
    const { length, units, attention } = settingsOf(given)[part]!;
    const problem = own
      ? forecasting(own, { lookback: length, horizon: 4, epochs: quick ? 2 : 8 })
      : copying(length, quick ? { sequences: 600, epochs: 16 } : { sequences: 1_000, epochs: 16 });
    const learnt = await learn(problem, { kind: 'encoder-decoder', cell: 'gru', units, attention });
    const loss = learnt.losses.at(-1)!;
    return { value: own ? loss : accuracyOf(learnt), loss };
  },
  conclude,
};

/** Of the symbols of validation windows. */
function accuracyOf({ opened, last }: Learnt): number {
  const { prepared } = opened;
  const classes = prepared.targetNames.length;
  return lookInto(opened, last, (inspected) => {
    const windows = windowsWithTargets(prepared, 'validation', WINDOWS);
    const { answers } = capture(inspected, { part: 'validation', windows });
    const batch = prepared.createBatch(windows.length);
    prepared.gather(prepared.windows.validation, windows, batch);
    const symbols = answers.length / classes;
    let right = 0;
    for (let at = 0; at < symbols; at++) {
      const of = (values: Float32Array) => values.subarray(at * classes, (at + 1) * classes);
      if (largest(of(answers)) === largest(of(batch.targets))) right++;
    }
    return right / symbols;
  });
}

const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));

function conclude(results: readonly Copied[], given: LabGiven): LabOutcome {
  const settings = settingsOf(given);
  const groups = [...new Set(settings.map(nameOf))];
  const { own } = given;
  const longest = Math.max(...settings.map(({ length }) => length));
  const atLongest = settings.flatMap((setting, index) =>
    setting.length === longest ? [{ ...setting, ...results[index]! }] : [],
  );
  const best = (attention: boolean) => {
    const values = atLongest.filter((one) => one.attention === attention).map(({ value }) => value);
    return own ? Math.min(...values) : Math.max(...values);
  };
  const [without, withIt] = [best(false), best(true)];
  return {
    answer: own ? answerOfErrors(without, withIt) : answerOfShares(without, withIt),
    sentence: own
      ? `At ${longest} rows the validation loss is ${without.toPrecision(3)} without attention and ${withIt.toPrecision(3)} with it.`
      : `Of ${longest} symbols at best ${shareText(without, 0)} come out right without attention, and ${shareText(withIt, 0)} with it.`,
    remarks: own
      ? [
          'Where a longer look-back makes the error without attention larger, the state is too small for what it is given.',
        ]
      : [
          `${longest} symbols of eight are ${BITS_OF_A_SYMBOL * longest} bits. A state of 16 float32 numbers has room for 512: what is scarce is not room but a way to learn to use it.`,
          'With attention the decoder looks at the states of all steps, so that no single state must hold everything.',
        ],
    figures: [
      {
        kind: 'lines',
        title: own ? 'Validation loss by look-back' : 'Symbols that come out right',
        xLabel: own ? 'look-back' : 'bits to copy',
        yLabel: own ? 'loss' : 'share right',
        yScale: 'linear',
        lines: groups.map((name) => {
          const points = settings.flatMap((setting, index) =>
            nameOf(setting) === name ? [{ ...setting, ...results[index]! }] : [],
          );
          return {
            name,
            x: points.map(({ length }) => (own ? length : BITS_OF_A_SYMBOL * length)),
            y: points.map(({ value }) => value),
          };
        }),
      },
      {
        kind: 'table',
        title: own ? 'Losses' : 'Shares',
        columns: [
          own ? 'look-back' : 'symbols',
          'units',
          'attention',
          own ? 'validation loss' : 'share right',
          'loss',
        ],
        rows: settings.map(({ length, units, attention }, index) => [
          length,
          units,
          attention ? 'yes' : 'no',
          results[index]!.value,
          results[index]!.loss,
        ]),
      },
    ],
  };
}

/** A difference that is seen at a glance. */
const CLEAR = 0.1;

const answerOfShares = (without: number, withIt: number): string =>
  withIt - without > CLEAR ? 'attention' : without - withIt > CLEAR ? 'state' : 'both';

const answerOfErrors = (without: number, withIt: number): string =>
  withIt < (1 - CLEAR) * without ? 'attention' : without < (1 - CLEAR) * withIt ? 'state' : 'both';
