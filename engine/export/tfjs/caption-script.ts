// The program that goes along with an exported writer of captions: plain JavaScript without imports, for browsers and Node.
import type { TextTokens } from '../../data/samples/text-tokens.ts';
import { writingScript } from './script-writing.ts';

/** The captions of the training images whose pixels, at most 16 x 16, are nearest: each of these pixels is the mean of what it covers. */
const NEAREST = `
function nearest(pixels, { pictures: { width, channels }, neighbours: { side, count, captions } }, known) {
  const scale = width / side;
  const mean = (at, valueAt) => {
    const [from, to] = [at * scale, (at + 1) * scale];
    let sum = 0;
    for (let one = Math.floor(from); one < Math.min(width, to); one++)
      sum += (Math.min(one + 1, to) - Math.max(one, from)) * valueAt(one);
    return sum / scale;
  };
  const small = Array.from({ length: side * side * channels }, (_, at) => {
    const [channel, x, y] = [at % channels, Math.floor(at / channels) % side, Math.floor(at / channels / side)];
    const pixelAt = (row, column) => pixels[(row * width + column) * channels + channel];
    return Math.round(mean(y, (row) => mean(x, (column) => pixelAt(row, column))));
  });
  const distances = captions.map((_, image) =>
    small.reduce((sum, value, at) => sum + (value - known[image * small.length + at]) ** 2, 0));
  const order = [...captions.keys()].sort((a, b) => distances[a] - distances[b] || a - b);
  return order.slice(0, count).flatMap((image) => captions[image]);
}
`;

const ALONE = `const memory = tf.tidy(() => [encoder.predict(tf.tensor3d([patches]))].flat());
  return writeText(tf, { decoder, ...form }, memory);`;
const WITH_NEIGHBOURS = `const captions = nearest(pixels, form, known);
  const inputs = () => [tf.tensor3d([patches]), tf.tensor2d([captions])];
  const [memory, around, alone, ...states] = tf.tidy(() => encoder.predict(inputs()));
  return writeText(tf, { decoder, ...form }, [memory, ...states], [around, alone]);`;

/** @param hasNeighbours the captions of similar training images are read beside an image */
export function captionScript(target: Pick<TextTokens, 'by'>, hasNeighbours: boolean): string {
  const given = `{ encoder, decoder, form${hasNeighbours ? ', known' : ''} }`;
  const load = "//   const known = new Uint8Array(await (await fetch('known.bin')).arrayBuffer());\n";
  return `// Writes captions of images with this model, always by the most probable token. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const form = await (await fetch('form.json')).json();
${hasNeighbours ? load : ''}//   console.log(caption(tf, ${given}, pixels));
// pixels: Uint8Array [height, width, channels] of the size in form.json.

${writingScript(target)}
${hasNeighbours ? NEAREST : ''}
export function caption(tf, ${given}, pixels) {
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
  ${hasNeighbours ? WITH_NEIGHBOURS : ALONE}
}
`;
}
