// Music as words that a language model can learn and write: `q120` the tempo, `v10` how loud from here on (1 to 16), `n60` a key and `d6` for
// how long, `x38` an instrument of the percussion, `t12` so much later. Times count twelfths of a quarter note, so that halves, thirds and
// quarters of it are whole.
import { DEFAULT_TEMPO, DEFAULT_VELOCITY, inOrder, type Music, type Note } from './notes.ts';

const STEPS = 12;
const LOUDNESS = 8;
/** Longer notes and rests take several words. */
const MOST_STEPS = 96;

export function eventText({ notes, tempo }: Music): string {
  const words = [`q${Math.round(tempo)}`];
  let now = 0;
  let loud = 0;
  for (const { start, duration, pitch, velocity, isDrum } of inOrder(notes)) {
    const at = Math.round(start * STEPS);
    for (let rest = at - now; rest > 0; rest -= MOST_STEPS) words.push(`t${Math.min(rest, MOST_STEPS)}`);
    now = Math.max(now, at);
    const level = Math.max(1, Math.round(velocity / LOUDNESS));
    if (level !== loud) words.push(`v${level}`);
    loud = level;
    if (isDrum) words.push(`x${pitch}`);
    else words.push(`n${pitch}`, `d${Math.min(MOST_STEPS, Math.max(1, Math.round(duration * STEPS)))}`);
  }
  return words.join(' ');
}

const WORD = /^([qvnxdt])(\d{1,3})$/;
export const FEWEST_EVENTS = 3;

/** What can be read of a text; words that are none of these are left out. Null where there are none or few. */
export function musicOfEvents(text: string): Music | null {
  const notes: Note[] = [];
  let tempo = DEFAULT_TEMPO;
  let velocity = DEFAULT_VELOCITY;
  let now = 0;
  let waiting: number | null = null;
  const end = (steps: number) => {
    if (waiting !== null)
      notes.push({ start: now / STEPS, duration: steps / STEPS, pitch: waiting, velocity });
    waiting = null;
  };
  for (const word of text.split(/\s+/)) {
    const [, kind, digits] = WORD.exec(word) ?? [];
    if (kind === undefined) continue;
    const value = Number(digits);
    if (kind === 'd') end(Math.max(1, value));
    else end(STEPS / 2);
    if (kind === 'q' && value >= 20) tempo = value;
    else if (kind === 'v') velocity = Math.min(127, Math.max(1, value * LOUDNESS));
    else if (kind === 't') now += value;
    else if (kind === 'n' && value <= 127) waiting = value;
    else if (kind === 'x' && value <= 127)
      notes.push({ start: now / STEPS, duration: 0.25, pitch: value, velocity, isDrum: true });
  }
  end(STEPS / 2);
  return notes.length >= FEWEST_EVENTS ? { notes: inOrder(notes), tempo } : null;
}
