// The program that goes along with an exported translator: plain JavaScript without imports, for browsers and Node.
import type { TextTokens } from '../../data/samples/text-tokens.ts';
import { tokensScript } from './script-tokens.ts';
import { writingScript } from './script-writing.ts';

type Written = Pick<TextTokens, 'by' | 'lowerCase'>;

export const translateScript = (
  source: Written,
  target: Written,
): string => `// Translates texts with this model, always by the most probable token. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const vocabulary = await (await fetch('vocabulary.json')).json();
//   console.log(translate(tf, { encoder, decoder, vocabulary }, '12 March 1987'));
${tokensScript(source)}

${writingScript(target)}

export function translate(tf, { encoder, decoder, vocabulary }, text) {
  const read = numbersOf(${source.by === 'characters' ? 'text' : "' ' + text.trim()"}, vocabulary.source);
  const memory = tf.tidy(() => [encoder.predict(tf.tensor2d([[...read, vocabulary.source.end]]))].flat());
  return writeText(tf, { decoder, ...vocabulary }, memory);
}
`;
