// Attention of the views against PyTorch in float64, and what holds for every model that has some.
import { describe, expect, test } from 'vitest';
import {
  AttentionChoiceSchema,
  InsideAttentionFrame,
  QueryChoiceSchema,
} from '../../engine/contract/inside/attention.ts';
import { InsidePositionsFrame } from '../../engine/contract/inside/positions.ts';
import { InsideRolloutFrame, RolloutChoiceSchema } from '../../engine/contract/inside/rollout.ts';
import { captureAttention } from '../../engine/inside/forecaster/attention-capture.ts';
import { inspect, type Subject } from '../../engine/inside/forecaster/load.ts';
import { headWeights } from '../../engine/inside/head-weights.ts';
import { summarizeHead } from '../../engine/inside/heads.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { expectClose } from '../ops/numbers.ts';
import { choiceOf, subjectOf } from './subject.ts';
import { golden, goldenSubject } from './subject-golden.ts';

const CLOSE = { relative: 1e-5, absolute: 1e-5 };

async function attentionOf(subject: Subject, more: object = {}, target?: string) {
  const asked = { ...choiceOf({ target }), ...AttentionChoiceSchema.parse({ whole: true, ...more }) };
  return InsideAttentionFrame.decode(await VIEWS.attention(subject, asked));
}
const queryOf = (subject: Subject, more: object) =>
  VIEWS.query(subject, { ...choiceOf(), ...QueryChoiceSchema.parse(more) });

test.each(golden.attention)('weights and scores of $model', async (one) => {
  const subject = goldenSubject(one);
  const steps = golden.lookback;
  for (const [layer, { weights, scores }] of one.layers.entries()) {
    const heads = weights.length / steps ** 2;
    for (let head = 0; head < heads; head++) {
      const { columns, header } = await attentionOf(subject, { layer, head });
      const of = (values: readonly number[]) => values.slice(head * steps ** 2, (head + 1) * steps ** 2);
      expectClose(
        columns.mean.flatMap((line) => [...line]),
        of(weights),
        `weights ${layer} ${head}`,
        CLOSE,
      );
      const found = await queryOf(subject, { layer, head, query: 4 });
      const expected = of(scores).slice(4 * steps, 5 * steps);
      const visible = header.causal ? 5 : steps;
      expectClose(found.scores.slice(0, visible) as number[], expected.slice(0, visible), 'scores', CLOSE);
      expect(found.scores.slice(visible).every((score) => score === null)).toBe(true);
    }
  }
});

const BOTH = { targets: ['level', 'wind'], features: ['level', 'wind'] };
const attention = { kind: 'attention', units: 6, heads: 2, layers: 2 };
const CASES = [
  { name: 'norm first', model: attention },
  {
    name: 'causal, norm last',
    model: { ...attention, causal: true, normalization: 'post', readout: 'last' },
  },
  { name: 'segments', model: { ...attention, segment: { length: 4, stride: 3 } } },
  { name: 'by column', model: { ...attention, channelIndependent: true }, task: BOTH },
  { name: 'encoder and decoder', model: { kind: 'encoder-decoder', units: 4, cell: 'lstm' } },
];

describe.each(CASES)('$name', ({ model, task }) => {
  test('rows sum to 1, nothing is seen before it is there, and a query adds up', async () => {
    const subject = subjectOf({ model, ...(task && { task }) });
    const { attention: layers, targets } = await VIEWS.describe(subject, null);
    for (const { layer, heads, queries, keys, causal, isAlignment } of layers) {
      const { header, columns } = await attentionOf(subject, { layer, head: 0 }, targets.at(-1)!);
      expect(header).toMatchObject({ queries, keys, causal, isAlignment, whole: true });
      expect(header.heads).toHaveLength(heads);
      for (const [query, line] of columns.mean.entries()) {
        expect(line.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        if (causal) expect(line.subarray(query + 1).every((weight) => weight === 0)).toBe(true);
      }
      const card = await queryOf(subject, { layer, query: queries - 1 });
      const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
      const exps = card.scores.map((score) => (score === null ? 0 : Math.exp(score)));
      expectClose(
        card.weights,
        exps.map((one) => one / sum(exps)),
        'softmax of the scores',
        CLOSE,
      );
      expect(card.top[0]!.weight).toBe(Math.max(...card.weights));
      const score = card.scale * sum(card.q.map((value, index) => value * card.top[0]!.vector[index]!));
      expect(card.top[0]!.score).toBeCloseTo(score, 10);
      expect(card.top.length).toBe(Math.min(5, keys));
    }
    expect(layers.length).toBeGreaterThan(0);
  });
});

test('behind the readout last, only the last query of the last layer reaches the answer', async () => {
  const subject = subjectOf({ model: { ...attention, readout: 'last' } });
  expect((await attentionOf(subject, { layer: 0 })).header.onlyQuery).toBeNull();
  expect((await attentionOf(subject, { layer: 1 })).header.onlyQuery).toBe(11);
  const mean = subjectOf({ model: attention });
  expect((await attentionOf(mean, { layer: 1 })).header.onlyQuery).toBeNull();
});

describe('a head has a name', () => {
  const plan = { layer: 0, heads: 1, queries: 16, keys: 16, causal: false, isAlignment: false };
  const head = (weight: (query: number, key: number) => number, more: Partial<typeof plan> = {}) =>
    summarizeHead(
      0,
      Float32Array.from({ length: 256 }, (_, at) => weight(at >> 4, at & 15)),
      { ...plan, ...more },
    );
  test.each([
    ['uniform', head(() => 1 / 16)],
    ['last step', head((_, key) => (key === 15 ? 0.9 : 0.1 / 15))],
    ['own step', head((query, key) => (query === key ? 0.9 : 0.1 / 15))],
    ['lag 3', head((query, key) => (key === Math.max(0, query - 3) ? 1 : 0))],
    ['mixed', head((query, key) => (key % 4 === query % 4 ? 0.25 : 0))],
  ])('%s', (name, summary) => {
    expect(summary.name).toBe(name);
  });

  test('an even look is even by the keys that a query sees; one without a choice does not count', () => {
    const causal = head((query, key) => (key <= query ? 1 / (query + 1) : 0), { causal: true });
    expect(causal.entropy).toBeCloseTo(1, 6);
    expect(causal.name).toBe('uniform');
    expect(causal.ahead).toBe(0);
  });
});

test('what there is not is refused in a sentence', async () => {
  const lstm = subjectOf({ model: { kind: 'lstm', units: 4 } });
  await expect(attentionOf(lstm)).rejects.toThrow('This model has no attention; look at its states instead.');
  // It has no states either.
  await expect(attentionOf(subjectOf({ model: { kind: 'linear' } }))).rejects.toThrow(
    'This model has neither a recurrent state nor attention; look at its attribution, memory and weights (histograms) instead.',
  );
  const subject = subjectOf({ model: attention });
  await expect(attentionOf(subject, { layer: 2 })).rejects.toThrow(
    /There is no layer 2 of attention: there are 2/,
  );
  await expect(attentionOf(subject, { head: 2 })).rejects.toThrow(
    /There is no head 2 of attention: there are 2/,
  );
  await expect(queryOf(subject, { query: 12 })).rejects.toThrow(
    /There is no query 12 of attention: there are 12/,
  );
});

describe('attention rolled out', () => {
  const rolloutOf = async (subject: Subject, target?: string) =>
    InsideRolloutFrame.decode(
      await VIEWS.rollout(subject, {
        ...choiceOf({ target }),
        ...RolloutChoiceSchema.parse({ whole: true }),
      }),
    );

  test.each(CASES)('$name: rows sum to 1, and the answer reads them', async ({ model, task }) => {
    const subject = subjectOf({ model, ...(task && { task }) });
    const { header, columns } = await rolloutOf(subject, task?.targets.at(-1));
    for (const line of columns.mean) {
      expect(line.every((weight) => weight >= 0)).toBe(true);
      expect(line.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    }
    expect(columns.read.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
    expect(Math.abs(header.correlation!)).toBeLessThanOrEqual(1);
    expect(header.sentence).toContain('attention is not explanation');
    const rows = header.readout === 'last' ? columns.mean.slice(-1) : columns.mean;
    expectClose(
      columns.read,
      Array.from(columns.read, (_, key) => rows.reduce((sum, row) => sum + row[key]!, 0) / rows.length),
      'what is read',
      { relative: 1e-5, absolute: 1e-7 },
    );
  });

  test('it is the product of the layers, each half of itself', async () => {
    const subject = subjectOf({ model: attention });
    const layerOf = async (layer: number) => (await attentionOf(subject, { layer })).columns.mean;
    const [first, second] = [await layerOf(0), await layerOf(1)];
    const half = (lines: readonly Float32Array[], query: number, key: number) =>
      lines[query]![key]! / 2 + (query === key ? 0.5 : 0);
    const { columns } = await rolloutOf(subject);
    for (let query = 0; query < 12; query++) {
      for (let key = 0; key < 12; key++) {
        let sum = 0;
        for (let at = 0; at < 12; at++) sum += half(second, query, at) * half(first, at, key);
        expect(columns.mean[query]![key]).toBeCloseTo(sum, 5);
      }
    }
  });

  test('of an alignment it is the look itself', async () => {
    const subject = subjectOf({ model: { kind: 'encoder-decoder', units: 4 } });
    const rolled = await rolloutOf(subject);
    expect(rolled.columns.mean).toEqual((await attentionOf(subject)).columns.mean);
    expect(rolled.header).toMatchObject({ queries: 3, keys: 12, isAlignment: true });
  });
});

describe('weights too large to be made at once', () => {
  test.each(CASES)('$name: query by query they are those of the kernels', async ({ model, task }) => {
    const inspected = await inspect(subjectOf({ model, ...(task && { task }) }));
    const window = { index: 0, series: 0 };
    for (const layer of captureAttention(inspected, { part: 'test', window, row: 0 })) {
      for (let head = 0; head < layer.plan.heads; head++) {
        expectClose(headWeights(layer, head), layer.head(head), `head ${head}`, CLOSE);
      }
    }
  });

  test('8 heads over 1,600 steps are looked at one by one; 4,200 steps are refused in a sentence', async () => {
    const wide = (lookback: number) =>
      subjectOf({
        model: { kind: 'attention', units: 8, heads: 8, layers: 1, feedForward: 8 },
        task: { lookback },
        rows: 3 * lookback,
      });
    const { header, columns } = InsideAttentionFrame.decode(
      await VIEWS.attention(wide(1_600), {
        ...choiceOf(),
        ...AttentionChoiceSchema.parse({ head: 7, rows: 8, columns: 8 }),
      }),
    );
    expect(header.heads).toHaveLength(8);
    const sum = columns.mean.reduce((all, line) => all + line.reduce((one, value) => one + value, 0), 0);
    // Each cell is the mean of 200 x 200 weights.
    expect((sum * 200 * 200) / 1_600).toBeCloseTo(1, 3);
    await expect(attentionOf(wide(4_200))).rejects.toThrow(
      'The weights of one head are 67 MB for a window of 4200 steps, and 64 MB can be looked at; choose a model with segments, or a shorter look-back.',
    );
  });
});

test('positions are the waves of the paper or the learned weights; without any there is a sentence', async () => {
  const codesOf = async (positions: string) => {
    const subject = subjectOf({ model: { ...attention, positions } });
    expect((await VIEWS.describe(subject, null)).views.includes('positions')).toBe(positions !== 'none');
    return { subject, ...InsidePositionsFrame.decode(await VIEWS.positions(subject, {})) };
  };
  const sine = await codesOf('sine');
  expect([sine.columns.code.length, sine.columns.code[0]!.length]).toEqual([6, 12]);
  for (let step = 0; step < 12; step++) {
    for (let unit = 0; unit < 6; unit++) {
      const angle = step * 10_000 ** (-(unit - (unit % 2)) / 6);
      expect(sine.columns.code[unit]![step]).toBeCloseTo(
        unit % 2 === 0 ? Math.sin(angle) : Math.cos(angle),
        5,
      );
    }
  }
  const { subject, columns, header } = await codesOf('learned');
  const { values } = (await inspect(subject)).arrays.get('positions')!;
  expect(header.kind).toBe('learned');
  expect(columns.code[2]![5]).toBe(values[5 * 6 + 2]);
  await expect(codesOf('none')).rejects.toThrow('This model adds no positions to its steps');
});
