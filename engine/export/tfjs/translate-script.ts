// The program that goes along with an exported translator: plain JavaScript without imports, for browsers and Node.
import { TOKENS_SCRIPT } from './script-tokens.ts';

export const TRANSLATE_SCRIPT = `// Translates texts with this model, always by the most probable token. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const vocabulary = await (await fetch('vocabulary.json')).json();
//   console.log(createTranslator(tf, { encoder, decoder, vocabulary }).translate('12 March 1987'));

${TOKENS_SCRIPT}
export function createTranslator(tf, { encoder, decoder, vocabulary }) {
  const { source, target, hasAttention, mostSteps } = vocabulary;
  const numbers = new Map(source.tokens.map((token, number) => [token, number]));
  return {
    translate(text) {
      const given = source.by === 'characters' ? text : ' ' + text.trim();
      const read = cut(given, source).map((token) => numbers.get(token) ?? source.unknown);
      let [memory, ...states] = encoder.predict(tf.tensor2d([[...read, source.end]]));
      let token = target.end;
      let written = '';
      for (let step = 0; step < mostSteps; step++) {
        const inputs = [tf.tensor2d([[token]]), ...(hasAttention ? [memory] : []), ...states];
        const [p, ...next] = tf.tidy(() => decoder.predict(inputs));
        const shares = Array.from(p.dataSync(), (share, at) => (at === target.unknown ? 0 : share));
        tf.dispose([inputs[0], p, ...states]);
        states = next;
        token = shares.indexOf(Math.max(...shares));
        if (token === target.end) break;
        written += shown(target, token);
      }
      tf.dispose([memory, ...states]);
      return target.by === 'characters' ? written : written.trim();
    },
  };
}
`;
