// The program that goes along with an exported translator: plain JavaScript without imports, for browsers and Node.
import { TOKENS_SCRIPT } from './script-tokens.ts';
import { WRITING_SCRIPT } from './script-writing.ts';

export const TRANSLATE_SCRIPT = `// Translates texts with this model, always by the most probable token. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const vocabulary = await (await fetch('vocabulary.json')).json();
//   console.log(createTranslator(tf, { encoder, decoder, vocabulary }).translate('12 March 1987'));

${TOKENS_SCRIPT}
${WRITING_SCRIPT}
export function createTranslator(tf, { encoder, decoder, vocabulary }) {
  const { source, target, hasAttention, mostSteps } = vocabulary;
  const numbers = new Map(source.tokens.map((token, number) => [token, number]));
  return {
    translate(text) {
      const given = source.by === 'characters' ? text : ' ' + text.trim();
      const read = cut(given, source).map((token) => numbers.get(token) ?? source.unknown);
      const memory = encoder.predict(tf.tensor2d([[...read, source.end]]));
      return writeText(tf, { decoder, target, hasAttention, mostSteps }, memory, (token) => shown(target, token));
    },
  };
}
`;
