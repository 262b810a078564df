// The program that goes along with an exported language model: plain JavaScript without imports, for browsers and Node.
import type { TextTokens } from '../../data/samples/text-tokens.ts';
import { shownScript, tokensScript } from './script-tokens.ts';

/** Attention sees its window alone: where more has been said, all that it still sees is read again, from the beginning. */
const SEE = `
  let said = [];
  const see = (token) => {
    said.push(token);
    if (said.length <= window) return read(token);
    tf.dispose(states.splice(0));
    return (said = said.slice(-window)).map(read).at(-1);
  };`;

/** @param isAttention it keeps the steps that it has seen, and sees no more than its window */
export const generateScript = (
  written: Pick<TextTokens, 'by' | 'lowerCase'>,
  isAttention: boolean,
): string => `// Writes texts with this model. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const model = await tf.loadLayersModel('model.json');
//   const vocabulary = await (await fetch('vocabulary.json')).json();
//   console.log(write(tf, model, vocabulary, { prompt: 'Once', length: 300, temperature: 0.8, seed: 1 }));
// A temperature of 0 writes the most probable tokens; the same seed writes the same text.
${tokensScript(written)}

export function write(tf, model, vocabulary, { prompt = '', length = 300, temperature = 1, seed = 1 } = {}) {
  const { tokens, end, unknown, firstStates${isAttention ? ', window' : ''} } = vocabulary;
  const uniform = randomNumbers(seed);
  let states = [];
  const read = (token) => tf.tidy(() => {
    const before = states.length ? states : firstStates.map((shape) => tf.zeros([1, ...shape]));
    const [p, ...next] = model.predict([tf.tensor2d([[token]]), ...before]);
    tf.dispose(states);
    states = next.map((state) => tf.keep(state));
    return Array.from(p.dataSync(), (share, number) => (number === unknown ? 0 : share));
  });${isAttention ? SEE : ''}
  let p = ${isAttention ? 'see' : 'read'}(end);
  for (const token of numbersOf(prompt, vocabulary)) p = ${isAttention ? 'see' : 'read'}(token);
  let text = '';
  for (let count = 0; count < length; count++) {
    const token = draw(p, temperature, uniform);
    text += token === end ? '\\n' : ${shownScript('tokens[token]', written)};
    if (token === end) ${isAttention ? '{ ' : ''}tf.dispose(states.splice(0));${isAttention ? ' said = []; }' : ''} // The next text begins from an empty state.
    p = ${isAttention ? 'see' : 'read'}(token);
  }
  tf.dispose(states);
  return text;
}

function draw(p, temperature, uniform) {
  const most = Math.max(...p);
  if (temperature === 0) return p.indexOf(most);
  const weights = p.map((share) => (share / most) ** (1 / temperature));
  let point = uniform() * weights.reduce((sum, weight) => sum + weight);
  return Math.max(0, weights.findIndex((weight) => (point -= weight) < 0));
}

const randomNumbers = (seed) => () => { // mulberry32, from 0 to below 1
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
`;
