// The music of a text that a language model wrote, whatever notation it learned: tunes in ABC, or events of MIDI files. Of several pieces one
// after the other, with a rest between them.
import { musicOfAbc } from './abc-notes.ts';
import { musicOfEvents } from './event-text.ts';
import { inOrder, lengthOf, type Music } from './notes.ts';

const MOST_PIECES = 20;
/** Quarter notes between two pieces. */
const REST = 2;

/** Null where there is none in it. */
export function musicOfText(text: string): Music | null {
  const pieces = text
    .split(/\n\s*\n|\n(?=[XT]:)|\n(?=q\d)/)
    .filter((piece) => piece.trim() !== '')
    .slice(0, MOST_PIECES);
  // A tune is cut at its title, which may stand behind its number.
  const found = [pieces, [text]]
    .map((some) => some.map((one) => musicOfAbc(one) ?? musicOfEvents(one)).filter((one) => one !== null))
    .find((some) => some.length > 0);
  const [first] = found ?? [];
  if (!found || !first) return null;
  let now = 0;
  const notes = found.flatMap((music) => {
    const moved = music.notes.map((note) => ({ ...note, start: note.start + now }));
    now += lengthOf(music) + REST;
    return moved;
  });
  return { notes: inOrder(notes), tempo: first.tempo };
}
