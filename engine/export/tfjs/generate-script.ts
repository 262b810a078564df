// The program that goes along with an exported language model: plain JavaScript without imports, for browsers and Node.
import { TOKENS_SCRIPT } from './script-tokens.ts';

export const GENERATE_SCRIPT = `// Writes texts with this model. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const model = await tf.loadLayersModel('model.json');
//   const vocabulary = await (await fetch('vocabulary.json')).json();
//   console.log(createWriter(tf, model, vocabulary).write({ prompt: 'Once', length: 300, temperature: 0.8 }));

${TOKENS_SCRIPT}
export function createWriter(tf, model, vocabulary) {
  const { tokens, end, unknown, stateUnits } = vocabulary;
  const numbers = new Map(tokens.map((token, number) => [token, number]));
  return {
    /** uniform: random numbers from 0 to below 1; temperature 0: always the most probable token. */
    write({ prompt = '', length = 300, temperature = 1, uniform = Math.random }) {
      const zeros = () => stateUnits.map((units) => tf.zeros([1, units]));
      let states = zeros();
      const read = (token) => {
        const [p, ...next] = tf.tidy(() => model.predict([tf.tensor2d([[token]]), ...states]));
        tf.dispose(states);
        states = next;
        const shares = Array.from(p.dataSync());
        p.dispose();
        return shares;
      };
      let p = read(end);
      for (const token of cut(prompt, vocabulary)) p = read(numbers.get(token) ?? unknown);
      let text = '';
      for (let count = 0; count < length; count++) {
        const token = draw(p, { temperature, unknown, uniform });
        text += shown(vocabulary, token);
        if (token === end) {
          tf.dispose(states);
          states = zeros();
        }
        p = read(token);
      }
      tf.dispose(states);
      return text;
    },
  };
}

function draw(p, { temperature, unknown, uniform }) {
  const known = p.map((share, token) => (token === unknown ? 0 : share));
  if (temperature === 0) return known.indexOf(Math.max(...known));
  const weights = known.map((share) => (share > 0 ? Math.exp(Math.log(share) / temperature) : 0));
  let point = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(0, weights.findIndex((weight) => (point -= weight) < 0));
}
`;
