// Forecasts of new data while the window is open: which are kept, cancelled and released.
import { expect, test } from 'vitest';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { NewForecastFrame } from '../../engine/contract/results/forecast.ts';
import type { Forecaster } from '../../engine/contract/results/new-data.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import {
  cancelForecast,
  FORECASTS_KEPT,
  forecastState,
  startForecast,
} from '../../renderer/features/forecast/new-forecast.ts';

const frame = () =>
  NewForecastFrame.toAnswer({
    header: { series: ['s'], targets: ['y'], horizon: 1, levels: [], notes: [], originsUs: [0] },
    columns: {
      series: Int32Array.of(0),
      time: Float64Array.of(1),
      actual: [Float64Array.of(1)],
      forecast: [Float64Array.of(1)],
      quantile: [[]],
    },
  });

interface Call {
  readonly path: string;
  answer(): void;
  refuse(message: string): void;
}

/** An engine whose answers a test gives by hand, and a file for it. */
function played() {
  const calls: Call[] = [];
  const released: string[] = [];
  const runs = {
    forecastNew: ({ input }: { input: { path: string } }, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () =>
          reject(new HindcastError('cancelled', 'The call was cancelled.')),
        );
        calls.push({
          path: input.path,
          answer: () => resolve({ report: { rowsRead: 1 }, frame: frame(), csv: new Blob(['x']) }),
          refuse: (message) => reject(new HindcastError('invalid-input', message)),
        });
      }),
  };
  const file = (name: string) => async () => ({
    name,
    path: `/uploads/${name}`,
    bytes: 1,
    release: () => void released.push(name),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { engine: { runs } as unknown as EngineClient, calls, released, file, settle };
}

test('a forecast stays when a later file is refused, and each file is released', async () => {
  const { engine, calls, released, file, settle } = played();
  const model: Forecaster = { kind: 'run', run: 1 };
  const first = startForecast(engine, model, file('a.csv'));
  await settle();
  expect(forecastState(model).working?.what).toBe('Reading a.csv and forecasting');
  calls[0]?.answer();
  await first;
  expect(forecastState(model)).toMatchObject({ working: null, result: { fileName: 'a.csv' } });

  const second = startForecast(engine, model, file('b.csv'));
  await settle();
  calls[1]?.refuse('it has no column "y".');
  await second;
  const { failure, result } = forecastState(model);
  expect(failure).toMatchObject({ fileName: 'b.csv', error: { message: 'it has no column "y".' } });
  expect(result?.fileName).toBe('a.csv');
  expect(released).toEqual(['a.csv', 'b.csv']);
  expect(forecastState({ kind: 'run', run: 2 }).result).toBeNull();
});

test('what is cancelled says nothing; a new file replaces a running one', async () => {
  const { engine, calls, released, file, settle } = played();
  const model: Forecaster = { kind: 'exported', folder: '/models/m' };
  const first = startForecast(engine, model, file('a.csv'));
  await settle();
  cancelForecast(model);
  await first;
  expect(forecastState(model)).toEqual({ working: null, failure: null, result: null });

  const slow = startForecast(engine, model, file('slow.csv'));
  await settle();
  const quick = startForecast(engine, model, file('quick.csv'));
  await slow;
  await settle();
  expect(forecastState(model).working?.what).toContain('quick.csv');
  calls.at(-1)?.answer();
  await quick;
  expect(forecastState(model)).toMatchObject({
    working: null,
    failure: null,
    result: { fileName: 'quick.csv' },
  });
  expect(released).toEqual(['a.csv', 'slow.csv', 'quick.csv']);
});

test('a cancelled dialog keeps the forecast that was there', async () => {
  const { engine, file, calls, settle } = played();
  const model: Forecaster = { kind: 'run', run: 3 };
  const first = startForecast(engine, model, file('a.csv'));
  await settle();
  calls[0]?.answer();
  await first;
  const before = forecastState(model);
  await startForecast(engine, model, async () => null);
  expect(forecastState(model)).toEqual(before);
});

test('cancelling a new file keeps the running forecast', async () => {
  const { engine, file, calls, settle } = played();
  const model: Forecaster = { kind: 'run', run: 4 };
  const first = startForecast(engine, model, file('a.csv'));
  await settle();
  const picker = Promise.withResolvers<null>();
  const second = startForecast(engine, model, () => picker.promise);
  picker.resolve(null);
  await second;
  expect(forecastState(model).working?.what).toContain('a.csv');
  calls[0]?.answer();
  await first;
  expect(forecastState(model)).toMatchObject({ working: null, result: { fileName: 'a.csv' } });
});

test('a file that cannot be handed over is reported, and the running forecast continues', async () => {
  const { engine, file, calls, settle } = played();
  const model: Forecaster = { kind: 'run', run: 5 };
  const first = startForecast(engine, model, file('a.csv'));
  await settle();
  await startForecast(engine, model, async () => {
    throw new HindcastError('file-missing', 'not on this machine');
  });
  expect(forecastState(model)).toMatchObject({
    working: { what: 'Reading a.csv and forecasting' },
    failure: { error: { message: 'not on this machine' } },
  });
  calls[0]?.answer();
  await first;
  expect(forecastState(model)).toMatchObject({ working: null, result: { fileName: 'a.csv' } });
});

test('each result is another one, also of a file of the same name', async () => {
  const { engine, file, calls, settle } = played();
  const model: Forecaster = { kind: 'run', run: 6 };
  const numbers = [];
  for (const position of [0, 1]) {
    const forecast = startForecast(engine, model, file('a.csv'));
    await settle();
    calls[position]?.answer();
    await forecast;
    numbers.push(forecastState(model).result?.number);
  }
  expect(new Set(numbers).size).toBe(2);
});

test('the results of the last few models are kept, and a running one is never dropped', async () => {
  const { engine, file, calls, settle } = played();
  const slow: Forecaster = { kind: 'run', run: 100 };
  const underWay = startForecast(engine, slow, file('slow.csv'));
  await settle();
  const models = Array.from(
    { length: FORECASTS_KEPT + 1 },
    (_, index): Forecaster => ({
      kind: 'run',
      run: 101 + index,
    }),
  );
  for (const model of models) {
    const forecast = startForecast(engine, model, file('a.csv'));
    await settle();
    calls.at(-1)?.answer();
    await forecast;
  }
  expect(forecastState(slow).working).not.toBeNull();
  const hasResult = models.map((model) => forecastState(model).result !== null);
  expect(hasResult).toEqual(models.map((_, index) => index >= 2));
  calls[0]?.answer();
  await underWay;
  expect(forecastState(slow).result?.fileName).toBe('slow.csv');
});
