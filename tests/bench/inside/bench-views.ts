// Views of models with weights from a seed, on hourly waves.
import { AttentionChoiceSchema } from '../../../engine/contract/inside/attention.ts';
import { AttributeChoiceSchema } from '../../../engine/contract/inside/attribution.ts';
import { SpectrumChoiceSchema, StepChoiceSchema } from '../../../engine/contract/inside/dynamics.ts';
import { MatchChoiceSchema } from '../../../engine/contract/inside/match.ts';
import { StatesChoiceSchema } from '../../../engine/contract/inside/states.ts';
import { VIEWS } from '../../../engine/inside/views/registry.ts';
import { choiceOf, subjectOf } from '../../inside/subject.ts';
import { DAY, LSTM } from './played.ts';
import { p95Of, say } from './say.ts';

const REPEATS = 40;

export async function benchViews(): Promise<void> {
  await benchStates();
  await benchAttention();
  await benchAttributions();
  await benchMatches();
  const wide = subjectOf({ model: { kind: 'rnn', units: 256 } });
  await VIEWS.describe(wide, null);
  say(
    'spectrum, 256 units',
    await p95Of(() => VIEWS.spectrum(wide, SpectrumChoiceSchema.parse({})), 3),
    1_000,
  );
}

async function benchStates(): Promise<void> {
  const subject = subjectOf({ model: LSTM, task: DAY, rows: 20_000 });
  const states = StatesChoiceSchema.parse({});
  const look = async (one: typeof subject, origin: number) => {
    await VIEWS.window(one, choiceOf({ origin }));
    await VIEWS.states(one, { ...choiceOf({ origin }), ...states });
  };
  say('first view, 64 units, 168 steps', await p95Of(() => look(subject, 0), 1), 1_500);
  say('next origin, 64 units, 168 steps', await p95Of((index) => look(subject, index + 1), REPEATS), 100);
  const play = async (by: number) => {
    const edits = [{ kind: 'move' as const, input: 'level', row: 100, by, reach: 0 }];
    await VIEWS.play(subject, { ...choiceOf({ edits }), states: { ...states, what: 'f' }, attention: null });
  };
  say('forecast and a gate of a moved value, 64 units, 168 steps', await p95Of(play, REPEATS), 50);
  const card = StepChoiceSchema.parse({ step: 100, unit: 7 });
  say('step card', await p95Of(() => VIEWS.step(subject, { ...choiceOf(), ...card }), REPEATS), 30);
  const wide = subjectOf({
    model: { kind: 'lstm', units: 256, layers: 3 },
    task: { lookback: 336, horizon: 24 },
    rows: 4_000,
  });
  await look(wide, 0);
  say(
    'next origin, 3 layers of 256 units, 336 steps',
    await p95Of((index) => look(wide, index + 1), 10),
    250,
  );
}

async function benchAttention(): Promise<void> {
  const subject = subjectOf({
    model: { kind: 'attention', units: 128, heads: 8, layers: 4 },
    task: { lookback: 336, horizon: 24 },
    rows: 4_000,
  });
  const thumbnails = async (origin: number) => {
    for (let layer = 0; layer < 4; layer++) {
      for (let head = 0; head < 8; head++) {
        const choice = AttentionChoiceSchema.parse({ layer, head, rows: 64, columns: 64 });
        await VIEWS.attention(subject, { ...choiceOf({ origin }), ...choice });
      }
    }
  };
  await thumbnails(0);
  say('grid of 4 x 8 heads, 128 wide, 336 steps', await p95Of((index) => thumbnails(index + 1), 10), 200);
}

async function benchAttributions(): Promise<void> {
  const subject = subjectOf({ model: LSTM, task: DAY, rows: 4_000 });
  const ask = (step: number | null) => (origin: number) =>
    VIEWS.attribute(subject, { ...choiceOf({ origin }), ...AttributeChoiceSchema.parse({ step }) });
  await ask(1)(0);
  say('integrated gradients, one step', await p95Of(ask(1), 20), 150);
  say('integrated gradients, 24 steps', await p95Of(ask(null), 5), 500);
}

async function benchMatches(): Promise<void> {
  const subject = subjectOf({ model: LSTM, task: DAY, rows: 50_600 });
  const ask = (origin: number) =>
    VIEWS.match(subject, { ...choiceOf({ origin }), ...MatchChoiceSchema.parse({}) });
  await VIEWS.window(subject, choiceOf());
  say('matches among 50,000 windows, the first', await p95Of(() => ask(0), 1), 5_000);
  say('matches among 50,000 windows, the next', await p95Of((index) => ask(index + 1), REPEATS), 50);
}
