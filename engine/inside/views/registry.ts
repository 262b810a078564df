// The views of contract/inside/views.ts and what answers them: one line each.
import type { InsideView, InsideViews } from '../../contract/inside/views.ts';
import type { Inspected, OpenedModel } from '../forecaster/inspected.ts';
import { inspect, openSubject, replay, type Subject } from '../forecaster/load.ts';
import { requireWindows, shownOf } from '../kinds.ts';
import { ANY_STEPS, anatomyAt, openReader, openReadings, type Reader } from '../readings/load.ts';
import { attention, query } from './forecast-attention.ts';
import { attribute } from './forecast-attribute.ts';
import { captions } from './forecast-captions.ts';
import { describe } from './forecast-describe.ts';
import { diagnose } from './forecast-diagnose.ts';
import { difference } from './forecast-difference.ts';
import { gates } from './forecast-gates.ts';
import { gradients } from './forecast-gradients.ts';
import { jacobian } from './forecast-jacobian.ts';
import { match } from './forecast-match.ts';
import { memory } from './forecast-memory.ts';
import { play } from './forecast-play.ts';
import { positions } from './forecast-positions.ts';
import { rollout } from './forecast-rollout.ts';
import { spectrum, type Weighted } from './forecast-spectrum.ts';
import { states } from './forecast-states.ts';
import { step } from './forecast-step.ts';
import { window } from './forecast-window.ts';
import { followers } from './sample-followers.ts';
import { pixels } from './sample-pixels.ts';
import { read } from './sample-read.ts';
import { reader } from './sample-reader.ts';
import { card } from './sample-step.ts';

type Look<Seen, Choice, Answer> = (seen: Seen, choice: Choice) => Answer;
type Ask<Choice, Answer> = (subject: Subject, choice: Choice) => Promise<Answer>;

/** A question that its data and its configuration answer, also where there are no weights yet. */
const ofModel =
  <Choice, Answer>(look: Look<OpenedModel, Choice, Answer>): Ask<Choice, Answer> =>
  async (subject, choice) =>
    look(await openSubject(subject), choice);

/** @param instead what shows the same of a model of samples */
const ofWeights =
  <Choice, Answer>(look: Look<Inspected, Choice, Answer>, instead: string): Ask<Choice, Answer> =>
  async (subject, choice) => {
    requireWindows(subject.experiment, instead);
    return look(await inspect(subject), choice);
  };

/** A question about the weights alone, whatever the model reads. */
const ofAnyWeights =
  <Choice, Answer>(look: Look<Weighted, Choice, Answer>): Ask<Choice, Answer> =>
  async (subject, choice) =>
    look(
      shownOf(subject.experiment) === 'samples'
        ? weighted(await openReader(subject))
        : await inspect(subject),
      choice,
    );

const weighted = (reader: Reader): Weighted => ({ ...reader, anatomy: anatomyAt(reader, ANY_STEPS) });

/** A question about a model of samples. */
const ofReader =
  <Choice, Answer>(look: Look<Reader, Choice, Answer>): Ask<Choice, Answer> =>
  async (subject, choice) =>
    look(await openReader(subject), choice);

export const VIEWS: {
  readonly [View in InsideView]: Ask<InsideViews[View]['choice'], InsideViews[View]['answer']>;
} = {
  describe: ofModel(describe),
  window: ofWeights(window, 'view reading'),
  states: ofWeights(states, 'view units'),
  play: ofWeights(play, 'view reading'),
  step: ofWeights(step, 'view card'),
  gates: ofWeights(gates, 'view units, with a gate as --what'),
  gradients: ofWeights(gradients, 'view reading, which has the gradient step by step'),
  jacobian: ofWeights(jacobian, 'view reading, which has the gradient step by step'),
  captions: ofWeights(captions, 'view followers'),
  memory: ofWeights(memory, 'view reading, which has the evidence of each step'),
  diagnose: ofWeights(diagnose, 'view reading'),
  replay,
  difference: async (subject, choice) => difference(await inspect(subject), choice),
  spectrum: ofAnyWeights(spectrum),
  attention: ofWeights(attention, 'view looks'),
  query: ofWeights(query, 'view looks'),
  rollout: ofWeights(rollout, 'view looks'),
  positions: ofWeights((seen) => positions(seen), 'view looks'),
  attribute: ofWeights(attribute, 'view reading, which has the evidence of each step'),
  match: ofWeights(match, 'view reading'),
  reader: async (subject) => reader(await openReadings(subject)),
  read: ofReader(read),
  pixels: ofReader(pixels),
  card: ofReader(card),
  followers: ofReader(followers),
};
