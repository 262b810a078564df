// Hostile files in the folder of an exported model: each is refused with a sentence.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewSeries } from '../../engine/contract/processes/jobs/version.ts';
import { ForecastFrame } from '../../engine/contract/results/forecast.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { exportTfjs } from '../../engine/export/tfjs/export-tfjs.ts';
import { modelFiles } from '../../engine/export/tfjs/files.ts';
import { exportedForecastJob } from '../../engine/hosts/trainer/jobs/forecast-exported.ts';
import type { JobEnvironment } from '../../engine/hosts/trainer/jobs/job.ts';
import { readExportedJob } from '../../engine/hosts/trainer/jobs/read-exported.ts';
import { ABOUT } from './about.ts';
import { experimentWith, madeSeries, sourceOf } from './source.ts';

const root = mkdtempSync(join(tmpdir(), 'hindcast-hostile-'));
afterAll(() => rmSync(root, { recursive: true }));
const whole = join(root, 'whole');
const folder = join(root, 'changed');
const at = (name: string) => join(folder, name);
const ENVIRONMENT: JobEnvironment = {
  openSource: () => Promise.reject(new Error('a folder needs no workspace')),
  progress() {},
};
let series: readonly NewSeries[];

beforeAll(async () => {
  const source = await sourceOf(
    experimentWith({
      pipeline: [{ step: 'fill', method: 'forward' }, { step: 'one-hot' }, { step: 'standardize' }],
    }),
    [madeSeries('one', 1)],
  );
  series = source.series;
  const made = await exportTfjs(source);
  expect(made.units).toBe('data');
  mkdirSync(whole);
  for (const { name, data } of modelFiles(source, made, ABOUT)) writeFileSync(join(whole, name), data);
});

/** What tests change of a card and a graph. */
interface CardJson {
  input: { shape: number[]; names: string[] };
  output: { shape: number[] };
  experiment: { task: Record<string, unknown> };
  units: string;
  stepsBefore: string[];
  fitted: object;
  weights: object;
  graph?: object;
}
interface LayerJson {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: [string, number, number, object][][];
}
interface GraphJson {
  modelTopology: { config: { layers: LayerJson[]; output_layers: unknown } };
  weightsManifest: { paths: string[]; weights: Record<string, unknown>[] }[];
}

function edit<Json>(name: string, change: (json: Json) => void): void {
  const json = JSON.parse(readFileSync(at(name), 'utf8'));
  change(json);
  writeFileSync(at(name), JSON.stringify(json));
}
const describedAs = (name: string) => {
  const bytes = readFileSync(at(name));
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
};
const card = (change: (json: CardJson) => void) => () => edit('card.json', change);
/** With the hash of the changed file in the card. */
const graph = (change: (json: GraphJson) => void) => () => {
  edit('model.json', change);
  edit<CardJson>('card.json', (json) => {
    json.graph = describedAs('model.json');
  });
};
const layers = (change: (layers: LayerJson[]) => void) =>
  graph(({ modelTopology }) => change(modelTopology.config.layers));
const weights = (change: (weight: Record<string, unknown>) => void) =>
  graph(({ weightsManifest }) => change(weightsManifest[0]!.weights[2]!));
const of = (all: LayerJson[], kind: string) => all.find(({ class_name }) => class_name === kind)!;
const horizon = (steps: number) =>
  card(({ experiment, output }) => {
    experiment.task.horizon = steps;
    output.shape[0] = steps;
  });
const replaced = (name: string, make: (path: string) => void) => () => {
  rmSync(at(name));
  make(at(name));
};
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);

async function forecast(): Promise<ForecastFrame> {
  await readExportedJob.run({ folder }, ENVIRONMENT);
  return ForecastFrame.decode(await exportedForecastJob.run({ folder, series }, ENVIRONMENT));
}

function changed(change: () => void): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(whole, folder, { recursive: true });
  change();
}

test('the folder as it was written forecasts, with no note', async () => {
  changed(() => {});
  const { header, columns } = await forecast();
  expect(header.notes?.filter((note) => note.includes('.json'))).toEqual([]);
  expect(columns.forecast.length).toBe(3);
});

test('a card of an earlier Hindcast, without the hash of the graph, forecasts the same with a note', async () => {
  changed(() => {});
  const expected = await forecast();
  changed(card((json) => delete json.graph));
  const { header, columns } = await forecast();
  expect(columns.forecast).toEqual(expected.columns.forecast);
  expect(header.notes?.join()).toContain('does not say what model.json must be');
  const { model } = await readExportedJob.run({ folder }, ENVIRONMENT);
  expect(model.notes.join()).toContain('does not say what model.json must be');
});

const FILES: readonly [string, () => void, RegExp][] = [
  ['a device', replaced('card.json', (path) => symlinkSync('/dev/zero', path)), /card.json is a link/],
  ['a device as weights', replaced('weights.bin', (path) => symlinkSync('/dev/zero', path)), /is a link/],
  [
    'a link out of the folder',
    replaced('model.json', (path) => symlinkSync('/etc/passwd', path)),
    /is a link/,
  ],
  ['a pipe', replaced('card.json', (path) => execFileSync('mkfifo', [path])), /is no regular file/],
  ['a folder', replaced('model.json', (path) => mkdirSync(path)), /is no regular file/],
  ['a huge graph', () => truncateSync(at('model.json'), 2 ** 34), /17,179,869,184 bytes, more than/],
  ['huge weights', () => truncateSync(at('weights.bin'), 2 ** 34), /17,179,869,184 bytes, more than/],
  ['no weights', () => rmSync(at('weights.bin')), /holds no weights.bin/],
  ['half the weights', () => truncateSync(at('weights.bin'), 100), /100 of .* bytes, so it was not copied/],
];

const CARDS: readonly [string, () => void, RegExp][] = [
  ['a letter', () => writeFileSync(at('card.json'), 'Dear Sir'), /is no card/],
  ['a deep card', () => writeFileSync(at('card.json'), DEEP), /card.json nests too deep/],
  [
    'deep fitted steps',
    () =>
      writeFileSync(at('card.json'), readFileSync(at('card.json'), 'utf8').replace('{', `{"deep":${DEEP},`)),
    /card.json nests too deep/,
  ],
  ['a horizon of 5e7', horizon(5e7), /50,000,000 rows, more than/],
  ['a horizon of 1e9', horizon(1e9), /1,000,000,000 rows, more than/],
  ['a horizon of 1e300', horizon(1e300), /is no card/],
  ['a horizon of 50', horizon(50), /Card and graph of the model disagree/],
  [
    'a horizon in one field alone',
    card(({ experiment }) => {
      experiment.task.horizon = 50;
    }),
    /card.json contradicts itself/,
  ],
  [
    'another shape',
    card(({ input }) => {
      input.shape[0] = 1e9;
    }),
    /card.json contradicts itself/,
  ],
  ['other inputs', card(({ input }) => input.names.reverse()), /contradicts itself.*other names/],
  ['steps that are not its own', card(({ stepsBefore }) => stepsBefore.reverse()), /fitted steps/],
  [
    'fitted steps that are none',
    card((json) => {
      json.fitted = { of: 1 };
    }),
    /fitted steps are not those/,
  ],
  [
    'another task',
    card(({ experiment }) => {
      experiment.task = { kind: 'sort', horizon: 1 };
    }),
    /is no card/,
  ],
];

const GRAPHS: readonly [string, () => void, RegExp][] = [
  [
    'another graph',
    () => writeFileSync(at('model.json'), '{}'),
    /not the file that card.json was written for/,
  ],
  [
    'a deep graph',
    () => {
      writeFileSync(at('model.json'), DEEP);
      edit<CardJson>('card.json', (json) => delete json.graph);
    },
    /model.json nests too deep/,
  ],
  ['no layers', graph((json) => Object.assign(json, { modelTopology: {} })), /is no graph of layers/],
  ['a layer of itself', layers((all) => connect(all, 'LSTM', of(all, 'LSTM').name)), /lead back/],
  ['a cycle', layers((all) => connect(all, 'LSTM', all.at(-1)!.name)), /lead back/],
  ['a layer that is not there', layers((all) => connect(all, 'LSTM', 'nobody')), /waits for "nobody"/],
  [
    'a node that is not there',
    layers((all) => {
      of(all, 'LSTM').inbound_nodes[0]![0]![1] = 7;
    }),
    /waits for/,
  ],
  ['a layer twice', layers((all) => all.push(all[1]!)), /two layers of one name/],
  [
    'a cycle in a model in a layer',
    layers((all) => {
      const layers = [{ name: 'a', config: {}, inbound_nodes: [[['a', 0, 0, {}]]] }];
      of(all, 'Dense').config.layer = { class_name: 'Model', config: { layers } };
    }),
    /lead back/,
  ],
  [
    'layers in a layer that are none',
    layers((all) => {
      of(all, 'Dense').config.layers = 5;
    }),
    /a layer that holds no graph/,
  ],
  [
    'units without end',
    layers((all) => {
      of(all, 'Dense').config.units = 1_000_000;
    }),
    /no model that TensorFlow.js can load/,
  ],
  [
    'a layer of no kind',
    layers((all) => {
      of(all, 'Dense').class_name = 'Constructor';
    }),
    /no model that TensorFlow.js can load/,
  ],
  [
    'another look-back',
    layers((all) => {
      of(all, 'InputLayer').config.batch_input_shape = [null, 13, 5];
    }),
    /Card and graph of the model disagree/,
  ],
  ...[1e300, null].map((scale): [string, () => void, RegExp] => [
    `weights with the scale ${scale}`,
    weights((weight) => {
      weight.quantization = { dtype: 'uint8', min: 0, scale };
    }),
    /not plain float32/,
  ]),
  [
    'a scale that is no JSON',
    () => {
      const text = readFileSync(at('model.json'), 'utf8');
      writeFileSync(
        at('model.json'),
        text.replace('"dtype":"float32"', '"quantization":{"scale":NaN},"dtype":"float32"'),
      );
      edit<CardJson>('card.json', (json) => delete json.graph);
    },
    /is no graph of layers/,
  ],
  [
    'more weights than there are',
    weights((weight) => {
      weight.shape = [1e6, 1e6];
    }),
    /lists .* bytes of weights, but its card says/,
  ],
  [
    'weights of another file',
    graph(({ weightsManifest }) => {
      weightsManifest[0]!.paths = ['../../../../etc/passwd'];
    }),
    /names "..\/..\/..\/..\/etc\/passwd" for its weights/,
  ],
  [
    'weights that are no numbers',
    () => {
      writeFileSync(at('weights.bin'), readFileSync(at('weights.bin')).fill(255));
      edit<CardJson>('card.json', (json) => {
        json.weights = describedAs('weights.bin');
      });
    },
    /no finite forecast/,
  ],
];

function connect(all: LayerJson[], kind: string, to: string): void {
  of(all, kind).inbound_nodes = [[[to, 0, 0, {}]]];
}

test.runIf(process.platform !== 'win32').each([...FILES, ...CARDS, ...GRAPHS])(
  '%s is refused with a sentence',
  async (_name, change, message) => {
    changed(change);
    const error = await forecast().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(HindcastError);
    const { code, message: said } = error as HindcastError;
    expect(code).toMatch(/^(file-unreadable|file-missing|invalid-input)$/);
    expect(said).toMatch(message);
    // What to do.
    expect(said).toMatch(/; give |were changed/);
  },
);
