// A workspace with real data and runs of every kind, as after an afternoon of work.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { ended, importSample } from '../browser/pages/seed.ts';

interface Sample {
  readonly training: object;
  readonly model: object;
}

const sample = (name: string): Sample =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'samples', name), 'utf8')) as Sample;

const WEATHER_CSV = join(import.meta.dirname, '../../node_modules/vega-datasets/data/seattle-weather.csv');

/** Files to forecast with run 4: its model, new data, and a table with too few rows. */
export async function makeFiles(
  client: EngineClient,
  paths: { readonly model: string; readonly newData: string; readonly tooShort: string },
): Promise<void> {
  const [header = '', ...rows] = readFileSync(WEATHER_CSV, 'utf8').trimEnd().split('\n');
  const spring = rows.filter((row) => row >= '2015-02-01' && row < '2015-06-01');
  writeFileSync(paths.newData, [header, ...spring, '2015-06-O1,0,21.1,11.7,2.5,sun'].join('\n'));
  writeFileSync(paths.tooShort, [header, ...rows.slice(-7)].join('\n'));
  mkdirSync(paths.model, { recursive: true });
  const { files } = await client.runs.export({ run: 4, format: 'tfjs' });
  for (const { name, content } of files)
    writeFileSync(join(paths.model, name), new Uint8Array(await content.arrayBuffer()));
}

export async function fillStudy(client: EngineClient): Promise<void> {
  await importSample(client, 'sp500-2000.csv', 'sp500');
  await importSample(client, 'seattle-weather.csv', 'seattle-weather');
  await importSample(client, 'co2-concentration.csv', 'co2');
  await importSample(client, 'stocks.csv', 'stocks');
  const co2 = sample('co2-lstm.json');
  const weather = sample('seattle-weather-lstm.json');
  const sp500 = sample('sp500-lstm.json');
  const wide = { kind: 'lstm', units: 48 };
  const drafts: readonly object[] = [
    co2,
    { ...co2, seed: 2 },
    { ...sp500, training: { ...sp500.training, epochs: 30, earlyStopping: null } },
    { ...weather },
    { ...co2, name: 'co2 wide', model: wide },
    { ...weather, name: 'weather, seed 2', seed: 2 },
    {
      ...sp500,
      name: 'sp500 too fast',
      training: { ...sp500.training, optimizer: { kind: 'adam', learningRate: 9 } },
    },
  ];
  const runs = [];
  for (const configuration of drafts) runs.push(await client.runs.start({ configuration }));
  for (const { id } of runs) await ended(client, id);
  await client.runs.label({ run: 1, tags: ['baseline'], note: 'The first one that follows the season.' });
  await client.runs.label({ run: 5, tags: ['wide', 'paper'], note: '' });
  // One that trains while the pictures are taken, and one that waits.
  await client.runs.start({
    configuration: {
      ...sp500,
      name: 'sp500 long',
      model: wide,
      training: { ...sp500.training, epochs: 2_000, earlyStopping: null },
    },
  });
  await client.runs.start({ configuration: { ...weather, name: 'weather, seed 3', seed: 3 } });
}
