// Notes over time: pitch upward, seconds to the right, the louder the stronger. A click moves the cursor.
import type { Music } from '../../../engine/contract/results/generation.ts';
import { useWidth } from '../../charts/use-width.ts';
import css from './generate.module.css';

interface PianoRollProps {
  readonly music: Music;
  /** Seconds. */
  readonly at: number;
  readonly onSeek: (seconds: number) => void;
}

const HEIGHT = 180;
/** Pixels at the least; longer music scrolls, shorter one fills the width. */
const SECOND = 60;
const MARGIN = 2;

export function PianoRoll({ music: { notes, seconds }, at, onSeek }: PianoRollProps) {
  const pitches = notes.map(({ pitch }) => pitch);
  const low = pitches.reduce((least, pitch) => Math.min(least, pitch), 127) - MARGIN;
  const high = pitches.reduce((most, pitch) => Math.max(most, pitch), 0) + MARGIN;
  const row = HEIGHT / (high - low + 1);
  const { ref, width: room } = useWidth();
  const second = Math.max(SECOND, room / Math.max(1, seconds));
  const width = Math.max(1, seconds * second);
  const octaves = Array.from({ length: 11 }, (_, octave) => 12 * octave).filter(
    (pitch) => pitch > low && pitch <= high,
  );
  const seek = (x: number) => onSeek(Math.max(0, Math.min(seconds, x / second)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
    <section className={css.roll} tabIndex={0} aria-label="Piano roll">
      <div ref={ref} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the player is moved by its buttons too */}
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${notes.length} notes over ${Math.round(seconds)} seconds`}
        onClick={(event) => seek(event.clientX - event.currentTarget.getBoundingClientRect().left)}
      >
        {octaves.map((pitch) => (
          <line
            key={pitch}
            className={css.octave}
            x1={0}
            x2={width}
            y1={(high - pitch + 1) * row}
            y2={(high - pitch + 1) * row}
          />
        ))}
        {notes.map(({ start, duration, pitch, velocity, isDrum }, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: notes have no names
            key={index}
            className={isDrum ? css.drum : css.note}
            x={start * second}
            y={(high - pitch) * row}
            width={Math.max(2, duration * second - 1)}
            height={Math.max(1, row - 0.5)}
            opacity={0.35 + (0.65 * velocity) / 127}
          />
        ))}
        <line className={css.cursor} x1={at * second} x2={at * second} y1={0} y2={HEIGHT} />
      </svg>
    </section>
  );
}
