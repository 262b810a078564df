// A small forecasting problem without store or pipeline: standardized values of one series, one target, windows with stride 1.
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { type Training, TrainingSchema } from '../../engine/contract/experiment/training.ts';
import type { HoldRule } from '../../engine/contract/runs/hold.ts';
import type { Batch, Part, PreparedForecast, WindowSet } from '../../engine/data/prepared.ts';
import { createForecastModel, type ForecastModel } from '../../engine/models/forecast-model.ts';
import type { NamedArray } from '../../engine/models/parameters.ts';
import { createForecastTask, type ForecastScorer } from '../../engine/tasks/forecast/training/training.ts';
import type { TrainingEvent } from '../../engine/training/events.ts';
import { train } from '../../engine/training/loop.ts';
import type { TrainingProbe } from '../../engine/training/probe.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import type { TrainingTask } from '../../engine/training/task.ts';

export async function useCpu(): Promise<void> {
  await startCpuBackend();
}

/** sin with noise; deterministic. */
export function noisySine(rows: number, period: number, noise: number, seed = 3): Float32Array {
  const random = seedRandomStream(seed, 'noise');
  return Float32Array.from(
    { length: rows },
    (_, t) => Math.sin((2 * Math.PI * t) / period) + noise * (2 * random.uniform() - 1),
  );
}

export interface ToyOptions {
  readonly values: Float32Array;
  readonly lookback: number;
  readonly horizon: number;
  /** Rows whose value is missing as a target. */
  readonly missing?: ReadonlySet<number>;
  readonly train?: number;
  readonly validation?: number;
}

export function toyPrepared(options: ToyOptions): PreparedForecast {
  const { values, lookback, horizon, missing = new Set(), train = 0.6, validation = 0.2 } = options;
  const rows = values.length;
  const trainEnd = Math.floor(rows * train);
  const validationEnd = trainEnd + Math.floor(rows * validation);
  const part = (name: Part, from: number, to: number): WindowSet => {
    const first = Math.max(from - 1, lookback - 1);
    const count = Math.max(0, to - horizon - first);
    const origin = Int32Array.from({ length: count }, (_, index) => first + index);
    return { part: name, count, series: new Int32Array(count), origin, leftOut: [] };
  };
  return {
    inputNames: ['x'],
    targetNames: ['x'],
    lookback,
    horizon,
    fitted: {},
    windows: {
      train: part('train', 0, trainEnd),
      validation: part('validation', trainEnd, validationEnd),
      test: part('test', validationEnd, rows),
    },
    parts: [],
    series: [
      {
        name: 'toy',
        times: BigInt64Array.from({ length: rows }, (_, row) => BigInt(row)),
        trainRows: trainEnd,
        actuals: [Float64Array.from(values, (value, row) => (missing.has(row) ? Number.NaN : value))],
        trainMean: Float64Array.of(0),
        trainStd: Float64Array.of(1),
      },
    ],
    fingerprint: 'toy',
    notes: [],
    createBatch: (size) => ({
      inputs: new Float32Array(size * lookback),
      targets: new Float32Array(size * horizon),
      mask: new Float32Array(size * horizon),
    }),
    gather(set: WindowSet, indices: ArrayLike<number>, batch: Batch) {
      for (let row = 0; row < indices.length; row++) {
        const origin = set.origin[indices[row]!]!;
        for (let t = 0; t < lookback; t++) {
          batch.inputs[row * lookback + t] = values[origin - lookback + 1 + t]!;
        }
        for (let h = 0; h < horizon; h++) {
          const known = !missing.has(origin + 1 + h);
          batch.targets[row * horizon + h] = known ? values[origin + 1 + h]! : 0;
          batch.mask[row * horizon + h] = known ? 1 : 0;
        }
      }
    },
    toOriginal: (_set, _indices, forecasts) => Float64Array.from(forecasts),
  };
}

/** Mean absolute error of whatever is added. */
export function toyScorer(prepared: PreparedForecast, part: 'validation' | 'test'): ForecastScorer {
  let sum = 0;
  let count = 0;
  const set = prepared.windows[part];
  return {
    add(indices, forecasts) {
      const batch = prepared.createBatch(indices.length);
      prepared.gather(set, indices, batch);
      for (const [cell, forecast] of forecasts.entries()) {
        if (batch.mask[cell] === 0) continue;
        sum += Math.abs(forecast - batch.targets[cell]!);
        count++;
      }
    },
    finish: (subject) => [
      { part, subject, metric: 'mae', unit: 'original', target: null, value: sum / count, count },
    ],
  };
}

export interface ToyTraining {
  readonly task: TrainingTask;
  readonly model: ForecastModel;
  readonly training: Training;
  readonly prepared: PreparedForecast;
}

export function toyTraining(
  options: ToyOptions & {
    readonly units?: number;
    readonly layers?: number;
    /** Instead of an LSTM of those units and layers. */
    readonly model?: unknown;
    readonly training?: unknown;
  },
): ToyTraining {
  const training = TrainingSchema.parse(options.training ?? {});
  const prepared = toyPrepared(options);
  const model = createForecastModel(
    ModelSchema.parse(
      options.model ?? { kind: 'lstm', units: options.units ?? 4, layers: options.layers ?? 1 },
    ),
    { inputs: 1, lookback: options.lookback, horizon: options.horizon, targets: 1 },
  );
  const task = createForecastTask({
    prepared,
    model,
    task: { loss: 'mse', huberDelta: 1, metrics: ['mae'] },
    batchSize: training.batchSize,
    createScorer: (part) => toyScorer(prepared, part),
  });
  return { task, model, training, prepared };
}

type EventOf<Type extends TrainingEvent['type']> = Extract<TrainingEvent, { type: Type }>;

export interface Recorded {
  readonly steps: EventOf<'step'>[];
  readonly epochs: EventOf<'epoch'>[];
  readonly checkpoints: EventOf<'checkpoint'>[];
  readonly probes: EventOf<'probe'>[];
  readonly ended: EventOf<'ended'>;
}

export interface RecordOptions {
  readonly seed?: number;
  readonly checkpoint?: Uint8Array | null;
  /** Stop once this many steps of the run are done. */
  readonly stopAt?: number;
  readonly checkpointDue?: () => boolean;
  readonly hold?: HoldRule | null;
  readonly probe?: TrainingProbe | null;
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** Trains to the end, or to the stop, and keeps every event. */
export async function record(
  { task, training }: Pick<ToyTraining, 'task' | 'training'>,
  options: RecordOptions = {},
): Promise<Recorded> {
  const events: TrainingEvent[] = [];
  let done = 0;
  const setup = {
    task,
    training,
    seed: options.seed ?? 1,
    checkpoint: options.checkpoint ?? null,
    shouldStop: () => options.stopAt !== undefined && done >= options.stopAt,
    checkpointDue: options.checkpointDue ?? (() => false),
    hold: options.hold,
    probe: options.probe,
  };
  for await (const event of train(setup)) {
    events.push(event);
    if ('step' in event) done = event.step;
    options.onEvent?.(event);
  }
  const of = <Type extends TrainingEvent['type']>(type: Type) =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  const ended = of('ended')[0];
  if (!ended || events.at(-1) !== ended) throw new Error('the last event must be `ended`');
  return {
    steps: of('step'),
    epochs: of('epoch'),
    checkpoints: of('checkpoint'),
    probes: of('probe'),
    ended,
  };
}

/** Bits of weights, for exact comparisons. */
export function bitsOf(weights: readonly NamedArray[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (weights ?? []).map(({ name, values }) => [
      name,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
    ]),
  );
}
