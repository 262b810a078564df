// Stock TensorFlow.js alone, in a process of its own, as other people use exported models: loads each folder over HTTP as a page
// does, applies the preprocessing of the card, and prints forecasts in the units of the data. It imports nothing of Hindcast.
// On stdin: the parent folder, and for each exported folder its windows [{ series, columns: { name: values up to the origin } }].
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import '@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.node.js';
import tf from '@tensorflow/tfjs-core/dist/tf-core.node.js';
import layers from '@tensorflow/tfjs-layers/dist/tf-layers.node.js';

const { root, folders } = JSON.parse(readFileSync(0, 'utf8'));
tf.env().set('PROD', true); // no advertisement for tfjs-node
await tf.setBackend('cpu');
const server = createServer((request, response) =>
  response.end(readFileSync(join(root, normalize(decodeURIComponent(request.url))))),
);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const answers = {};
for (const [folder, windows] of Object.entries(folders)) {
  const card = JSON.parse(readFileSync(join(root, folder, 'card.json'), 'utf8'));
  const model = await layers.loadLayersModel(
    `http://127.0.0.1:${server.address().port}/${folder}/model.json`,
  );
  const prepared = windows.map((window) => prepare(card, window));
  const [steps, inputs] = card.input.shape;
  const input = tf.tensor(
    prepared.flatMap(({ rows }) => rows.flat()),
    [windows.length, steps, inputs],
  );
  const output = await model.predict(input).array();
  answers[folder] = output.map((window, at) => restore(card, window, prepared[at], windows[at].series));
}
server.close();
process.stdout.write(JSON.stringify(answers));

/** [lookback, inputs] as the model expects it, and what subtract-last took away. */
function prepare(card, { series, columns }) {
  let channels = { ...columns };
  const last = {};
  for (const step of card.fitted.steps.slice(0, card.stepsBefore.length)) {
    if (step.step === 'fill') channels = fill(step, channels, series);
    if (step.step === 'one-hot') channels = oneHot(step, channels);
    if (step.step === 'log') for (const name of step.channels) channels[name] = channels[name].map(Math.log);
    for (const { channel, offset, scale } of scalingsOf(step, series)) {
      channels[channel] = channels[channel].map((value) => (value - offset) / scale);
    }
    for (const name of step.step === 'subtract-last' ? step.channels : []) {
      last[name] = channels[name].findLast((value) => value !== null);
      channels[name] = channels[name].map((value) => value - last[name]);
    }
  }
  const all = channels[card.input.names[0]].map((_, row) =>
    card.input.names.map((name) => channels[name][row]),
  );
  return { rows: all.slice(-card.input.shape[0]), last };
}

function scalingsOf({ scalings = [] }, series) {
  return scalings.filter((scaling) => scaling.series === null || scaling.series === series);
}

function fill({ method, fallbacks }, channels, series) {
  const filled = { ...channels };
  for (const { channel, value: typical } of fallbacks.filter((one) => one.series === series)) {
    let last = method === 'zero' ? 0 : typical;
    filled[channel] = channels[channel].map((value) => {
      if (value !== null && method === 'forward') last = value;
      return value ?? last;
    });
  }
  return filled;
}

function oneHot({ columns }, channels) {
  const made = columns.flatMap(({ channel, categories }) =>
    categories.map((category) => [
      `${channel}=${category}`,
      channels[channel].map((value) => Number(value === category)),
    ]),
  );
  return { ...channels, ...Object.fromEntries(made) };
}

/** [horizon, columns] in the units of the data. */
function restore(card, window, { last }, series) {
  if (card.units === 'data') return window;
  const steps = card.fitted.steps.toReversed();
  return window.map((values) =>
    values.map((value, column) => {
      const name = card.output.columns[column].target;
      return steps.reduce((y, step) => {
        if (step.step === 'subtract-last') return y + (last[name] ?? 0);
        if (step.step === 'log') return step.channels.includes(name) ? Math.exp(y) : y;
        const scaling = scalingsOf(step, series).find(({ channel }) => channel === name);
        return scaling ? y * scaling.scale + scaling.offset : y;
      }, value);
    }),
  );
}
