// The contract's formulas as MathML: indices, transposes, roots; every existing formula can be parsed.
import { expect, test } from 'vitest';
import { MODEL_DESCRIPTIONS } from '../../engine/words/model-descriptions.ts';
import { type MathNode, parseMath, splitEquations } from '../../renderer/ui/math-notation.ts';

/** As short MathML: `<msub>W<mrow>hh</mrow></msub>`, names without their tags. */
function text({ tag, text: own, children = [] }: MathNode): string {
  if (tag === 'mspace') return '␣';
  return own ?? `<${tag}>${children.map(text).join('')}</${tag}>`;
}
const read = (formula: string): string => text(parseMath(formula)).replace(/^<mrow>|<\/mrow>$/g, '');

test.each([
  ["W_hh' h_{t-1}", '<msubsup>W<mrow>hh</mrow>⊤</msubsup><msub>h<mrow>t−1</mrow></msub>'],
  ["s_t' W_a", '<msubsup>s<mrow>t</mrow>⊤</msubsup><msub>W<mrow>a</mrow></msub>'],
  ["Q K'", 'Q<msup>K⊤</msup>'],
  ['sqrt(n / heads)', '<msqrt>n/heads</msqrt>'],
  ['sigmoid(b) * c_t', 'σ(b)⊙<msub>c<mrow>t</mrow></msub>'],
  ['softmax_j(x)', '<msub>softmax<mrow>j</mrow></msub>(x)'],
  ['u uniform in [1, T - 1]', 'u␣uniform␣∈[1,T−1]'],
  ['W_2 f(x)', '<msub>W2</msub>f(x)'],
  ['h_1 ... h_T', '<msub>h1</msub>…<msub>h<mrow>T</mrow></msub>'],
])('%s', (formula, expected) => expect(read(formula)).toBe(expected));

test('equations are split at their commas, lists and arguments are not', () => {
  const lines = ['i_t, f_t = g(x, y), z = 1', 'no equality, here', 'a = b   (else: a = c)'];
  expect(splitEquations(lines)).toEqual([
    { left: 'i_t, f_t', right: '= g(x, y)', note: '' },
    { left: 'z', right: '= 1', note: '' },
    { left: '', right: 'no equality, here', note: '' },
    { left: 'a', right: '= b', note: 'else: a = c' },
  ]);
});

test('nothing of the notation is left in what is shown', () => {
  const formulas = MODEL_DESCRIPTIONS.flatMap(({ equation, parameters }) => [
    ...splitEquations(equation).flatMap(({ left, right, note }) => [left, right, note]),
    parameters,
  ]);
  expect(formulas.length).toBeGreaterThan(30);
  for (const formula of formulas) expect(read(formula), formula).not.toMatch(/[_{}'*]|undefined|sqrt\(/);
});
