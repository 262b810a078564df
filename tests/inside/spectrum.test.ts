// Beyond 256 units the largest values come by iteration; they are those of the whole decomposition.
import { expect, test } from 'vitest';
import { SpectrumChoiceSchema } from '../../engine/contract/inside/dynamics.ts';
import { spectrumOf } from '../../engine/inside/spectrum.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { Numbers } from '../ops/numbers.ts';
import { subjectOf } from './subject.ts';

/** diag(a, I / 2), with a rotation of length 0.9 in front: the largest pair is complex. */
function turning(size: number): Float64Array {
  const values = new Float64Array(size * size);
  for (let at = 0; at < size; at++) values[at * size + at] = 0.5;
  const [cosine, sine] = [0.9 * Math.cos(1), 0.9 * Math.sin(1)];
  values.set([cosine, -sine], 0);
  values.set([sine, cosine], size);
  return values;
}

test('a pair that turns about has the radius that it grows by', () => {
  const large = spectrumOf(turning(300), 300);
  expect(large.method).toBe('iterated');
  expect(large.radius).toBeCloseTo(0.9, 6);
  expect(large.singularValues).toHaveLength(1);
  expect(large.singularValues[0]).toBeCloseTo(0.9, 6);
  const small = spectrumOf(turning(20), 20);
  expect(small.radius).toBeCloseTo(0.9, 10);
  expect(small.eigenvalues.slice(0, 2).map(({ im }) => Math.abs(im))).toEqual([
    expect.closeTo(0.9 * Math.sin(1), 8),
    expect.closeTo(0.9 * Math.sin(1), 8),
  ]);
});

test('zeros have no length, and a row of one is itself', () => {
  expect(spectrumOf(new Float64Array(300 * 300), 300)).toMatchObject({ radius: 0, singularValues: [0] });
  expect(spectrumOf(Float64Array.of(-3), 1)).toMatchObject({
    radius: 3,
    singularValues: [3],
    eigenvalues: [{ re: -3, im: 0 }],
  });
});

test('the largest singular value of a random matrix of 257 rows is that of its transpose', () => {
  const size = 257;
  const values = Float64Array.from(new Numbers(3).array(size * size, 0.1));
  const turned = values.map((_, at) => values[(at % size) * size + Math.floor(at / size)]!);
  const [one] = spectrumOf(values, size).singularValues;
  expect(one).toBeCloseTo(spectrumOf(turned, size).singularValues[0]!, 3);
  expect(one).toBeGreaterThan(1.7);
});

test.each(['gru', 'lstm'])(
  'of a %s neither number is called a criterion; of a plain network the bound is',
  async (kind) => {
    const sentenceOf = async (model: object) =>
      (await VIEWS.spectrum(subjectOf({ model }), SpectrumChoiceSchema.parse({}))).sentence;
    expect(await sentenceOf({ kind, units: 3 })).toContain('neither number decides whether gradients fade');
    const plain = { kind: 'rnn', units: 3 };
    expect(await sentenceOf({ ...plain, recurrentGain: 0.5 })).toContain('it must vanish');
    expect(await sentenceOf({ ...plain, recurrentGain: 1.5 })).toContain('it may explode');
  },
);
