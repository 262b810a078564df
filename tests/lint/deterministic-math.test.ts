// The linter's rule against functions of Math, with the project's own configuration: it applies where weights and scores are
// computed, and only there.
import { expect, test } from 'vitest';
import { findings } from './findings.ts';

test.each([
  'Math.exp(1)',
  'Math.log2(3)',
  '[1].map(Math.tanh)',
  'Math.hypot(1, 2)',
  "Math['sin'](1)",
  'globalThis.Math.cos(1)',
  'x ** 2',
  '2 ** x',
])('%s is found', (expression) => {
  const code = `const x = Number('3');\nexport const y = ${expression};\nexport const z = x;\n`;
  expect(findings({ 'engine/models/a.ts': code })).toEqual({ 'engine/models/a.ts': 1 });
});

test('the functions under another name, and a power that is assigned, are found', () => {
  const code = 'const { exp } = Math;\nlet x = exp(1);\nx **= 2;\nexport const y = x;\n';
  expect(findings({ 'engine/models/a.ts': code })).toEqual({ 'engine/models/a.ts': 2 });
});

test('it watches every folder whose numbers reach weights or scores, and no other', () => {
  const watched = ['numerics', 'kernels', 'backends', 'ops', 'models', 'data', 'training', 'evaluation'];
  const paths = [...watched, 'store', 'services'].map((folder) => `engine/${folder}/deep/a.ts`);
  const code = 'export const y = Math.exp(1);\n';
  const found = findings(Object.fromEntries(paths.map((path) => [path, code])));
  expect(Object.keys(found).sort()).toEqual(watched.map((folder) => `engine/${folder}/deep/a.ts`).sort());
});

test('what is exact by the standard passes', () => {
  const exact = ['Math.sqrt(2)', 'Math.floor(1.5)', 'Math.PI', 'Math.fround(1)', '2 ** 32', '2 ** 24 * 3'];
  const code = exact.map((expression, index) => `export const y${index} = ${expression};\n`).join('');
  expect(findings({ 'engine/models/a.ts': code })).toEqual({});
});
