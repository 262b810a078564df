// A workspace with real data and runs of every kind, as after an afternoon of work.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { LAB_NAMES, type LabName } from '../../engine/contract/labs.ts';
import { ended, importSample } from '../browser/pages/seed.ts';
import { makeShapes, makeTunes } from './made-data.ts';

interface Sample {
  readonly task: object;
  readonly training: object;
  readonly model: object;
}

const sample = <Value>(name: string): Value =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'samples', name), 'utf8')) as Value;

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

const MOVIES_JSON = join(import.meta.dirname, '../../node_modules/vega-datasets/data/movies.json');
const GENRES = ['Drama', 'Comedy', 'Action', 'Horror'];

/** Titles of films with their genre as a table, and all titles as lines. */
function makeMovies(folder: string): { readonly movies: string; readonly titles: string } {
  const films = JSON.parse(readFileSync(MOVIES_JSON, 'utf8')) as readonly Record<string, unknown>[];
  const titled = films.filter(({ Title }) => typeof Title === 'string' && !Title.includes('"'));
  const ofGenre = titled.filter((film) => GENRES.includes(String(film['Major Genre'])));
  const rows = ofGenre.map((film) => `"${String(film.Title)}",${String(film['Major Genre'])}`);
  const movies = join(folder, 'movies.csv');
  writeFileSync(movies, ['title,genre', ...rows].join('\n'));
  const titles = join(folder, 'titles.txt');
  writeFileSync(titles, titled.map(({ Title }) => String(Title)).join('\n'));
  return { movies, titles };
}

async function importFile(client: EngineClient, path: string, name: string): Promise<void> {
  for await (const update of await client.datasets.import({ source: { kind: 'file', path }, name }))
    void update;
}

/**
 * Runs 8 to 16: attention with intervals, classes of texts and of windows, a language model, a translator, labels of words, next frames,
 * captions, tunes.
 */
function ofOtherTasks(weather: Sample): readonly object[] {
  const window = { columns: ['temp_max', 'wind', 'weather'], lookback: 14, ahead: 1 };
  return [
    {
      ...weather,
      name: 'weather, attention',
      task: { ...weather.task, intervals: 'conformal' },
      model: { kind: 'attention' },
      training: { epochs: 6 },
    },
    {
      name: 'genre of a film',
      dataset: { name: 'movies' },
      task: { kind: 'classify' },
      model: { kind: 'gru' },
      training: { epochs: 8 },
    },
    {
      name: 'weather of tomorrow',
      dataset: { name: 'seattle-weather' },
      task: { kind: 'classify', label: 'weather', window },
      model: { kind: 'gru' },
      training: { epochs: 8 },
    },
    {
      name: 'titles of films',
      dataset: { name: 'titles' },
      task: { kind: 'generate', prompts: ['', 'The ', 'Love'] },
      model: { kind: 'lstm' },
      training: { epochs: 8 },
    },
    {
      name: 'letters reversed',
      dataset: { name: 'reversed' },
      task: { kind: 'translate' },
      model: { kind: 'encoder-decoder', cell: 'gru' },
      training: { epochs: 6 },
    },
    {
      name: 'parts of speech',
      dataset: { name: 'speech' },
      task: { kind: 'label' },
      model: { kind: 'gru' },
      training: { epochs: 4 },
    },
    {
      name: 'moving digits',
      dataset: { name: 'digits' },
      task: { kind: 'video' },
      model: { kind: 'lstm' },
      training: { epochs: 4 },
    },
    {
      name: 'shapes in words',
      dataset: { name: 'shapes' },
      task: { kind: 'caption', patches: { side: 4, step: 4 } },
      model: { kind: 'encoder-decoder', cell: 'gru', units: 32 },
      training: { epochs: 24, batchSize: 8, optimizer: { kind: 'adam', learningRate: 0.01 } },
    },
    {
      name: 'tunes of eight bars',
      dataset: { name: 'tunes' },
      task: { kind: 'generate' },
      model: { kind: 'gru', units: 64 },
      training: { epochs: 12, batchSize: 4, optimizer: { kind: 'adam', learningRate: 0.01 } },
    },
  ];
}

/** Studies 1 and 2: a sweep, and a duel of runs 1 and 5. */
async function makeStudies(client: EngineClient): Promise<void> {
  const [first, other] = await Promise.all([1, 5].map((run) => client.runs.get({ run })));
  const { base, name, ...space } = sample<Record<string, unknown>>('co2-sweep.json');
  const search = { ...space, kind: 'sweep', method: { kind: 'tpe' } };
  await settled(client, { configuration: first?.configuration, plan: search, name: 'co2 sweep' });
  const labels = ['narrow', 'wide'];
  const duel = { kind: 'duel', seeds: [1, 2, 3], labels, others: [other?.configuration] };
  await settled(client, { configuration: first?.configuration, plan: duel, name: 'co2: narrow or wide' });
}

async function settled(
  client: EngineClient,
  asked: Parameters<EngineClient['studies']['start']>[0],
): Promise<void> {
  let study = await client.studies.start(asked);
  do {
    for (const id of study.runs) await ended(client, id);
    // The engine is in this process: it chooses the next runs while this one waits.
    await setTimeout(100);
    study = await client.studies.get({ study: study.id });
  } while (study.open);
}

async function runLab(client: EngineClient, lab: LabName): Promise<void> {
  for await (const update of await client.labs.run({ lab, guess: null, quick: true })) void update;
}

/** @param tell what is done now: it takes minutes */
export async function fillStudy(
  client: EngineClient,
  folder: string,
  tell: (what: string) => void,
): Promise<void> {
  tell('Importing the data');
  await importSample(client, 'sp500-2000.csv', 'sp500');
  await importSample(client, 'seattle-weather.csv', 'seattle-weather');
  await importSample(client, 'co2-concentration.csv', 'co2');
  await importSample(client, 'stocks.csv', 'stocks');
  for (const [name, path] of Object.entries(makeMovies(folder))) await importFile(client, path, name);
  await importFile(client, makeShapes(folder), 'shapes');
  await importFile(client, makeTunes(folder), 'tunes');
  await importSample(client, 'reversed-letters-3000.tsv', 'reversed');
  await importSample(client, 'parts-of-speech-1000.tsv', 'speech');
  await importSample(client, 'moving-digits-400.npy', 'digits');
  const co2 = sample<Sample>('co2-lstm.json');
  const weather = sample<Sample>('seattle-weather-lstm.json');
  const sp500 = sample<Sample>('sp500-lstm.json');
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
    ...ofOtherTasks(weather),
  ];
  const runs = [];
  for (const configuration of drafts) runs.push(await client.runs.start({ configuration }));
  for (const { id } of runs) {
    tell(`Training run ${id} of ${runs.length}`);
    await ended(client, id);
  }
  await client.runs.label({ run: 1, tags: ['baseline'], note: 'The first one that follows the season.' });
  await client.runs.label({ run: 5, tags: ['wide', 'paper'], note: '' });
  tell('Training the runs of a sweep and of a duel');
  await makeStudies(client);
  tell('Measuring the labs');
  for (const lab of LAB_NAMES) await runLab(client, lab);
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
