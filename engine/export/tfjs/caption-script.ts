// The program that goes along with an exported writer of captions: plain JavaScript without imports, for browsers and Node.
import { WRITING_SCRIPT } from './script-writing.ts';

export const CAPTION_SCRIPT = `// Writes captions of images with this model, always by the most probable token. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const form = await (await fetch('form.json')).json();
//   console.log(createWriter(tf, { encoder, decoder, form }).caption(pixels));
// pixels: Uint8Array [height, width, channels] of the size in form.json.

${WRITING_SCRIPT}
export function createWriter(tf, { encoder, decoder, form }) {
  const { pictures, patches, target, hasAttention, mostSteps } = form;
  const { width, height, channels, mean, deviation } = pictures;
  const { side, step } = patches;
  const shown = (token) => (target.by === 'pieces' ? target.tokens[token].replace('\\u0000', '') : target.tokens[token]);
  function cut(pixels) {
    const rows = [];
    for (let top = 0; top + side <= height; top += step)
      for (let left = 0; left + side <= width; left += step) {
        const patch = [];
        for (let y = 0; y < side; y++)
          for (let at = 0; at < side * channels; at++) {
            const channel = at % channels;
            const pixel = pixels[((top + y) * width + left) * channels + at];
            patch.push((pixel / 255 - mean[channel]) / deviation[channel]);
          }
        rows.push(patch);
      }
    return rows;
  }
  return {
    caption(pixels) {
      const memory = encoder.predict(tf.tensor3d([cut(pixels)]));
      return writeText(tf, { decoder, target, hasAttention, mostSteps }, memory, shown);
    },
  };
}
`;
