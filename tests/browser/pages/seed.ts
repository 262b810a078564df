// Makes data and runs through the API, for tests that are about something else. What a test only looks at, it begins with: `beginning`
// of the fixture takes the same arguments, and the workspace is made once.
import type { EngineClient } from '../../../engine/connect/connection.ts';

export async function importSample(client: EngineClient, file: string, name: string): Promise<void> {
  const source = { kind: 'sample', name: file } as const;
  for await (const update of await client.datasets.import({ source, name })) void update;
}

/** Trains in about a second. */
export const SMALL = {
  name: 'small',
  dataset: { name: 'co2' },
  task: { kind: 'forecast', targets: ['CO2'], lookback: 12, horizon: 6 },
  pipeline: [{ step: 'fill' }, { step: 'standardize' }],
  model: { kind: 'lstm', units: 8 },
  training: {
    epochs: 3,
    batchSize: 64,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    schedule: { kind: 'constant' },
  },
};

/** Trains until it is stopped. */
export const LONG = {
  ...SMALL,
  name: 'long',
  training: { epochs: 5_000, batchSize: 16, earlyStopping: null },
};

/** As changes from the last row: scores of several seeds lie close together. */
export const CHANGES = { pipeline: [...SMALL.pipeline, { step: 'subtract-last' }] };

export async function trainSmall(
  client: EngineClient,
  name: string,
  seed = 1,
  changes: object = {},
): Promise<number> {
  const { id } = await client.runs.start({ configuration: { ...SMALL, ...changes, name, seed } });
  await ended(client, id);
  return id;
}

export async function ended(client: EngineClient, id: number): Promise<void> {
  const { workspace } = await client.engine.describe();
  const run = await client.runs.get({ run: id });
  if (run.endedAtMs !== null) return;
  for await (const { body } of await client.events.watch({ after: workspace.lastSequence, run: run.id })) {
    if (body.type === 'run.ended') return;
  }
}

/** Workspaces to begin with: the data alone, and a run on them. */
export const CO2 = { samples: [['co2-concentration.csv', 'co2']] } as const;
export const ONE_RUN = { ...CO2, runs: [['one']] } as const;
export const TWO_RUNS = {
  ...CO2,
  runs: [
    ['one', 1],
    ['two', 2],
  ],
} as const;
