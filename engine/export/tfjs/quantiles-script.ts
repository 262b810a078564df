// The program that goes along with an exported forecaster that has quantiles or intervals: plain JavaScript without imports, for browsers
// and Node.

export const QUANTILES_FILE = 'quantiles.js';

export const QUANTILES_SCRIPT = `// Forecast and quantiles from an answer of this model. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const model = await tf.loadLayersModel('model.json');
//   const card = await (await fetch('card.json')).json();
//   const [answer] = model.predict(windows).arraySync();
//   const { levels, forecast, quantiles } = readQuantiles(card, answer);
//
// answer: [horizon][columns] in the unit of the data. card.output.columns says what each column is. Where card.units is 'model', undo
// the steps of card.fitted in every column first, as those of its target.
// series: one of card.intervals.series; may be left out where there is one alone.
// Returns forecast [horizon][targets], levels, and quantiles [horizon][targets][levels] with the moves of card.intervals in them.
export function readQuantiles(card, answer, series) {
  const { names, levels: own } = card.output;
  const { intervals } = card;
  if (!own && !intervals) throw new Error('This model has neither quantiles nor intervals.');
  const levels = own ?? intervals.levels;
  const moves = intervals && movesOf(intervals, series);
  const width = own ? own.length : 1;
  const middle = own ? own.indexOf(0.5) : 0;
  const cell = (step, target) => answer[step].slice(target * width, (target + 1) * width);
  const moved = (step, target) => {
    const values = cell(step, target);
    const move = (level) => (moves ? moves[level][step * names.length + target] : 0);
    return levels.map((_, level) => (own ? values[level] : values[0]) + move(level)).sort((a, b) => a - b);
  };
  return {
    levels,
    forecast: answer.map((_, step) => names.map((_, target) => cell(step, target)[middle])),
    quantiles: answer.map((_, step) => names.map((_, target) => moved(step, target))),
  };
}

function movesOf({ series: all }, name) {
  const found = all.length === 1 ? all[0] : all.find((one) => one.name === name);
  if (found) return found.moves;
  throw new Error('Name one of the series: ' + all.map((one) => one.name).join(', ') + '.');
}
`;
