// The program that goes along with an exported labeller: plain JavaScript without imports, for browsers and Node.
import type { StepsBy } from '../../data/samples/step-tokens.ts';

interface Cut {
  readonly by: StepsBy;
  readonly lowerCase: boolean;
}

const STEPS: Readonly<Record<StepsBy, string>> = {
  words: "text.normalize('NFC').split(/\\s+/).filter((word) => word !== '')",
  numbers: "text.split(/\\s+/).filter((row) => row !== '')",
  characters: "[...text.normalize('NFC').trim()]",
};

const tokenInput = ({ lowerCase }: Cut): string =>
  `tf.tensor2d([steps.map((step) => Math.max(0, tokens.indexOf(step${lowerCase ? '.toLowerCase()' : ''}, 1)))])`;

const ROWS = `
  const scaled = (cell, at) => (cell === '' || cell === '?' ? 0 : (Number(cell) - scale.mean[at]) / scale.deviation[at]);
  const rows = steps.map((step) => step.split(',').map(scaled));`;

export function labelScript(cut: Cut): string {
  const isNumbers = cut.by === 'numbers';
  return `// Labels the steps of a text with this model. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const model = await tf.loadLayersModel('model.json');
//   const vocabulary = await (await fetch('vocabulary.json')).json();
//   console.log(label(tf, model, vocabulary, ${isNumbers ? "'0.5 0.7 1.2'" : "'they watch the watch'"}));
// For each step, up to the most that it was trained on: itself, its most probable label and the probability of that.
export function label(tf, model, { ${isNumbers ? 'scale' : 'tokens'}, classes, mostSteps }, text) {
  const steps = ${STEPS[cut.by]}.slice(0, mostSteps);
  if (steps.length === 0) return [];${isNumbers ? ROWS : ''}
  const answers = tf.tidy(() => model.predict(${isNumbers ? 'tf.tensor3d([rows])' : tokenInput(cut)}).arraySync()[0]);
  return steps.map((step, at) => {
    const probability = Math.max(...answers[at]);
    return { step, label: classes[answers[at].indexOf(probability)], probability };
  });
}
`;
}
