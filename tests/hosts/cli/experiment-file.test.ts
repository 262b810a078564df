// Experiment files: how they are read, what `--set` changes, and the sentence for every mistake.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import { allFields } from '../../../engine/contract/experiment/experiment-fields.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { generatedSample } from '../../../engine/data/generated/long-memory.ts';
import { generatedPairs } from '../../../engine/data/generated/pairs.ts';
import { PRESETS } from '../../../engine/defaults/presets.ts';
import { loadExperiment } from '../../../engine/hosts/cli/experiment/experiment-file.ts';
import { parseSetting } from '../../../engine/hosts/cli/experiment/set-values.ts';
import { UsageError } from '../../../engine/hosts/cli/usage.ts';
import { findJsonProblem } from '../../../engine/words/json-text.ts';

const MINIMAL = {
  name: 'm',
  dataset: { name: 'd' },
  task: { kind: 'forecast', targets: ['a'], lookback: 3, horizon: 1 },
  model: { kind: 'lstm', units: 4 },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-experiment-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array | object): string {
  const file = join(folder, 'x.json');
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(file, isRaw ? content : JSON.stringify(content));
  return file;
}

async function failure(file: string, sets: readonly string[] = []): Promise<HindcastError> {
  const outcome = await loadExperiment(file, { settings: sets.map(parseSetting), seed: undefined }).catch(
    (error) => error,
  );
  expect(outcome).toBeInstanceOf(HindcastError);
  return outcome;
}

const load = (content: object, sets: readonly string[] = [], seed?: number) =>
  loadExperiment(fileOf(content), { settings: sets.map(parseSetting), seed });

describe('samples', () => {
  const samples = join(import.meta.dirname, '../../../samples');

  it.each(readdirSync(samples).filter((name) => !name.endsWith('-sweep.json')))(
    '%s is an experiment on sample data with a sentence about itself',
    async (name) => {
      const experiment = await loadExperiment(join(samples, name), { settings: [], seed: undefined });
      expect(experiment.description).toMatch(/\.$/);
      const sample = experiment.dataset.sample ?? '';
      const data = readdirSync(join(import.meta.dirname, '../../../node_modules/vega-datasets/data'));
      expect(data.includes(sample) || (generatedSample(sample) ?? generatedPairs(sample)) !== null).toBe(
        true,
      );
    },
  );
});

describe('files that are no experiments', () => {
  it('missing, empty, binary, a folder', async () => {
    expect(await failure(join(folder, 'none.json'))).toMatchObject({
      code: 'file-missing',
      message: `There is no file ${join(folder, 'none.json')}; samples/ holds experiments to start from.`,
    });
    expect((await failure(fileOf(' \n'))).code).toBe('file-empty');
    expect((await failure(fileOf(Uint8Array.of(0x89, 0x50, 0, 1)))).code).toBe('file-binary');
    expect(await failure(folder)).toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('it is a folder'),
    });
  });

  it.each([
    ['{\n  "name": "x",\n  name: 3\n}', 3, 3, 'a field name in double quotes is expected, but "n" was found'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma or "}" is expected, but "\\"" was found'],
    ['{"a": [1, 2', 1, 12, 'a comma or "]" is expected, but the text ends'],
    ['{"a": [1, 2,]}', 1, 13, 'a value is expected, but "]" was found'],
    ['{"a" 1}', 1, 6, 'a colon is expected, but "1" was found'],
    ['{} x', 1, 4, 'the end is expected, but "x" was found'],
    ["{'a': 1}", 1, 2, 'a field name in double quotes is expected, but "\'" was found'],
    ['{"a": "b\n"}', 1, 7, 'this text has no closing quote on its line, or a backslash too many'],
    ['// no\n{}', 1, 1, 'a value is expected, but "/" was found'],
  ])('not JSON: %j', async (text, line, column, problem) => {
    const file = fileOf(text);
    const error = await failure(file);
    expect(error.message).toBe(`${file}, line ${line}, column ${column} is not JSON: ${problem}.`);
    expect(error).toMatchObject({ code: 'file-unreadable', details: { file, line, column } });
  });

  it('a byte order mark is no mistake', async () => {
    const experiment = await loadExperiment(fileOf(`\uFEFF${JSON.stringify(MINIMAL)}`), {
      settings: [],
      seed: undefined,
    });
    expect(experiment.name).toBe('m');
  });
});

describe('--set that nests 100,000 deep', () => {
  it.each([
    ['a list', `model=${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['an object', `model=${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a path', `${'a.'.repeat(100_000)}a=1`],
  ])('%s is refused with a short sentence', (_name, text) => {
    expect(() => parseSetting(text)).toThrow(/^--set .{0,50} nests more than 200 levels deep, .{0,150}$/);
  });
});

describe('--set beside --preset', () => {
  const preset = PRESETS.find(({ name }) => name === 'published-ltsf');
  const withPreset = (content: object, ...sets: readonly string[]) =>
    loadExperiment(fileOf(content), { settings: sets.map(parseSetting), seed: undefined, preset });
  const far = { ...MINIMAL, task: { ...MINIMAL.task, horizon: 720 } };

  it('decides by the horizon that is set what the preset sets, not by that of the file', async () => {
    expect(await withPreset(far, 'task.horizon=96')).toMatchObject({
      task: { horizon: 96, lookback: 720 },
      pipeline: [{ step: 'fill' }, { step: 'standardize' }, { step: 'subtract-last' }],
      training: { batchSize: 32 },
    });
    expect(await withPreset(MINIMAL, 'task.horizon=720')).toMatchObject({
      task: { horizon: 720, lookback: 336 },
      pipeline: [{ step: 'fill' }, { step: 'standardize' }, { step: 'revin' }],
      training: { batchSize: 256 },
    });
  });

  it('decides by the data, the targets and the kind of model that are set too', async () => {
    const sets = ['dataset.name=ETTh1', 'task.targets=["a","b"]', 'model.kind=attention'];
    expect(await withPreset(far, ...sets)).toMatchObject({
      task: { targets: ['a', 'b'], features: ['a', 'b'], lookback: 336 },
      split: { train: 8_640 },
      pipeline: [{ step: 'fill' }, { step: 'standardize' }, { step: 'subtract-last' }],
      model: { kind: 'attention', units: 64 },
    });
  });

  it('stands on top of what the preset sets', async () => {
    const sets = ['task.horizon=96', 'task.lookback=48', 'training.batchSize=7', 'pipeline.2.step=revin'];
    expect(await withPreset(far, ...sets)).toMatchObject({
      task: { horizon: 96, lookback: 48 },
      pipeline: [{ step: 'fill' }, { step: 'standardize' }, { step: 'revin' }],
      training: { batchSize: 7 },
    });
  });
});

describe('another kind by --set', () => {
  const changed = (model: object, ...texts: string[]) =>
    loadExperiment(fileOf({ ...MINIMAL, model }), { settings: texts.map(parseSetting), seed: undefined });

  it('takes what the file says along, and not the defaults of the old kind', async () => {
    const { model, training } = await changed(
      { kind: 'lstm', units: 7 },
      'model.kind=gru',
      'training.optimizer.kind=sgd',
    );
    expect(model).toMatchObject({ kind: 'gru', units: 7 });
    expect(model).not.toHaveProperty('forgetBias');
    expect(training.optimizer).toMatchObject({ kind: 'sgd' });
  });

  it('blames a field of the file that the new kind does not have', async () => {
    await expect(changed({ kind: 'lstm', units: 7, forgetBias: 2 }, 'model.kind=gru')).rejects.toThrow(
      'there is no field model.forgetBias',
    );
  });
});

describe('the JSON locator', () => {
  it('knows that JSON forbids only the first control characters', () => {
    expect(findJsonProblem('"\u007f\u0080\u009f"')).toBeNull();
    expect(findJsonProblem('"\u001f"')).not.toBeNull();
  });

  it('finds nothing in JSON, and something in every text that JSON.parse refuses', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', 'x', '\\', '\n', '-', '0'))
      .map(([text, at, insert]) => {
        const position = at % (text.length + 1);
        return text.slice(0, position) + insert + text.slice(position + (at % 2));
      });
    const isJson = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        expect(findJsonProblem(text) === null).toBe(isJson(text));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('fields', () => {
  const WRONG: [change: object, sentence: string][] = [
    [{ training: { epoch: 3 } }, 'there is no field training.epoch; did you mean training.epochs?'],
    [
      { split: { kind: 'date', validationFrm: '2001', testFrom: '2002' } },
      'split.validationFrom is missing; it must be a text in quotes. (and 1 more: "split.validationFrm")',
    ],
    [
      { split: { kind: 'date', validationFrom: '2001', testFrom: '2002', tetsFrom: '' } },
      'there is no field split.tetsFrom; did you mean split.testFrom?',
    ],
    [{ epochs: 3 }, 'there is no field epochs; did you mean training.epochs?'],
    [
      { model: { kind: 'lstm', units: 4, zzzzzz: 1 } },
      'there is no field model.zzzzzz; model has kind, forgetBias, chronoSteps, recurrentInitializer, units, layers, bidirectional, dropout, truncateSteps, segment, channelIndependent.',
    ],
    [
      { pipeline: [{ step: 'fill', metod: 'zero' }] },
      'there is no field pipeline.0.metod; did you mean pipeline.0.method?',
    ],
    [{ task: { ...MINIMAL.task, horizon: 0 } }, 'task.horizon is 0; it must be greater than 0.'],
    [
      { training: { optimizer: { kind: 'adam', learningRate: -1 } } },
      'training.optimizer.learningRate is -1; it must be greater than 0.',
    ],
    [{ model: undefined }, 'model is missing; it must be an object in braces.'],
    [
      { backend: 'tensorflw' },
      'backend is "tensorflw"; it must be one of "simd", "cpu", "tensorflow"; did you mean "tensorflow"?',
    ],
    [
      { model: { kind: 'ltsm', units: 4 } },
      'model.kind is "ltsm"; it must be one of "rnn", "gru", "lstm", "attention", "encoder-decoder", "linear", "dense"; did you mean "lstm"?',
    ],
  ];

  it.each(WRONG)('%j', async (change, sentence) => {
    const file = fileOf({ ...MINIMAL, ...change });
    const error = await failure(file);
    expect(error.message).toBe(`${file}: ${sentence}`);
    expect(error.code).toBe('invalid-input');
    expect(error).not.toBeInstanceOf(UsageError);
  });

  it('names further problems', async () => {
    const file = fileOf({ ...MINIMAL, seed: -1, backend: 'gpu' });
    const error = await failure(file);
    expect(error.message).toMatch(/\(and 1 more: "seed"\)$/);
    expect(error.details?.problems).toHaveLength(2);
  });

  it('are all known: those of the schema and no other', () => {
    const fields = allFields(ExperimentSchema.parse(MINIMAL));
    expect(fields).toContain('training.optimizer.learningRate');
    expect(fields).toContain('training.earlyStopping.patience');
    expect(fields).toContain('split.train');
    expect(fields).toContain('model.units');
    expect(fields).not.toContain('split.testFrom');
  });
});

describe('--set', () => {
  it('takes JSON values and texts, in order, and the seed', async () => {
    const experiment = await load(
      MINIMAL,
      [
        'training.epochs=5',
        'training.epochs=7',
        'name=a=b',
        'task.features=["a","b"]',
        'training.clipNorm=null',
        'model.layers=2',
      ],
      9,
    );
    expect(experiment).toMatchObject({
      name: 'a=b',
      seed: 9,
      task: { features: ['a', 'b'] },
      training: { epochs: 7, clipNorm: null },
      model: { layers: 2 },
    });
  });

  it('reaches into defaults, lists and what was null', async () => {
    const experiment = await load({ ...MINIMAL, training: { earlyStopping: null } }, [
      'training.optimizer.learningRate=0.01',
      'pipeline.0.method=mean',
      'training.earlyStopping.patience=3',
      'dataset.import.timeZone=Europe/Berlin',
    ]);
    expect(experiment.training.optimizer).toMatchObject({ learningRate: 0.01, beta1: 0.9 });
    expect(experiment.pipeline).toHaveLength(4);
    expect(experiment.pipeline[0]).toEqual({ step: 'fill', method: 'mean' });
    expect(experiment.training.earlyStopping).toEqual({ patience: 3, minDelta: 0 });
    expect(experiment.dataset.import).toEqual({ timeZone: 'Europe/Berlin' });
  });

  it.each([
    ['training.epoch=5', 'there is no field training.epoch; did you mean training.epochs?'],
    ['trainin.epochs=5', 'there is no field trainin; did you mean training?'],
    ['units=5', 'there is no field units; did you mean model.units?'],
    ['training.epochs=many', 'training.epochs is "many"; it must be a number.'],
    ['training.epochs=2.5', 'training.epochs is 2.5; it must be a whole number.'],
    [
      'training.optimizer.learningRate=-1',
      'training.optimizer.learningRate is -1; it must be greater than 0.',
    ],
    ['seed.x=1', '"seed" is a value and has no fields.'],
    ['pipeline.x.step=fill', '"pipeline" is a list of 4, so "x" must be a number from 0 to 4.'],
    ['pipeline.7.step=fill', '"pipeline" is a list of 4, so "7" must be a number from 0 to 4.'],
    [
      '__proto__.x=1',
      'there is no field __proto__; an experiment has name, description, dataset, task, split, pipeline, model, training, evaluation, backend, allowBackendFallback, seed.',
    ],
    ['toString=1', expect.stringContaining('there is no field toString;')],
  ])('%s is wrong use', async (text, sentence) => {
    const error = await failure(fileOf(MINIMAL), [text]);
    expect(error).toBeInstanceOf(UsageError);
    const prefix = `--set ${text}: `;
    expect(error.message.slice(0, prefix.length)).toBe(prefix);
    expect(error.message.slice(prefix.length)).toEqual(sentence);
  });

  it('the last of several settings of one field is the one that counts', async () => {
    const error = await failure(fileOf(MINIMAL), ['training.epochs=3', 'training.epochs=x']);
    expect(error.message).toBe('--set training.epochs=x: training.epochs is "x"; it must be a number.');
  });

  it('a rule over several fields blames the setting that breaks it', async () => {
    const error = await failure(fileOf(MINIMAL), ['training.epochs=3', 'split.train=0.95']);
    expect(error.message).toMatch(/^--set split\.train=0\.95: split /);
  });
});
