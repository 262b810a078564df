// The program that goes along with an exported writer of captions: plain JavaScript without imports, for browsers and Node.
import type { TextTokens } from '../../data/samples/text-tokens.ts';
import { writingScript } from './script-writing.ts';

export const captionScript = (
  target: Pick<TextTokens, 'by'>,
): string => `// Writes captions of images with this model, always by the most probable token. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const form = await (await fetch('form.json')).json();
//   console.log(caption(tf, { encoder, decoder, form }, pixels));
// pixels: Uint8Array [height, width, channels] of the size in form.json.

${writingScript(target)}

export function caption(tf, { encoder, decoder, form }, pixels) {
  const { width, height, channels, mean, deviation } = form.pictures;
  const { side, step } = form.patches;
  const scaled = Array.from(pixels, (pixel, at) => (pixel / 255 - mean[at % channels]) / deviation[at % channels]);
  const patches = [];
  for (let top = 0; top + side <= height; top += step)
    for (let left = 0; left + side <= width; left += step) {
      const from = (row) => ((top + row) * width + left) * channels;
      const rows = Array.from({ length: side }, (_, row) => scaled.slice(from(row), from(row) + side * channels));
      patches.push(rows.flat());
    }
  const memory = tf.tidy(() => encoder.predict(tf.tensor3d([patches])));
  return writeText(tf, { decoder, ...form }, memory);
}
`;
