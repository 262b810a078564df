// Notes over time: pitch upward, seconds to the right, the louder the stronger. A click moves the cursor, and so do the arrow keys.
import { type KeyboardEvent, useEffect } from 'react';
import type { Music } from '../../../engine/contract/results/generation.ts';
import { useWidth } from '../../charts/use-width.ts';
import css from './generate.module.css';

interface PianoRollProps {
  readonly music: Music;
  /** Seconds. */
  readonly at: number;
  readonly onSeek: (seconds: number) => void;
  /** The space bar. */
  readonly onToggle: () => void;
}

const HEIGHT = 180;
/** Pixels at the least; longer music scrolls, shorter one fills the width. */
const SECOND = 60;
const MARGIN = 2;
/** Seconds of a press of an arrow, and of a page. */
const STEP = 1;
const PAGE = 10;
/** Pixels that are seen behind the cursor. */
const AHEAD = 40;

export function PianoRoll({ music: { notes, seconds }, at, onSeek, onToggle }: PianoRollProps) {
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
  const seek = (to: number) => onSeek(Math.max(0, Math.min(seconds, to)));
  const x = at * second;
  // The cursor stays in sight while it sounds.
  useEffect(() => {
    const box = ref.current?.parentElement;
    if (box && (x < box.scrollLeft || x > box.scrollLeft + box.clientWidth - AHEAD))
      box.scrollLeft = Math.max(0, x - AHEAD);
  }, [x, ref]);
  function onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at + STEP,
      ArrowUp: at + STEP,
      ArrowLeft: at - STEP,
      ArrowDown: at - STEP,
      PageUp: at + PAGE,
      PageDown: at - PAGE,
      Home: 0,
      End: seconds,
    };
    const to = moves[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (to !== undefined) seek(to);
    else if (event.key === ' ') onToggle();
    else return;
    event.preventDefault();
  }
  return (
    <div
      className={css.roll}
      role="slider"
      tabIndex={0}
      aria-label={`Piano roll of ${notes.length} notes`}
      aria-valuemin={0}
      aria-valuemax={Math.round(seconds)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={`${Math.round(at)} of ${Math.round(seconds)} seconds`}
      onKeyDown={onKey}
    >
      <div ref={ref} />
      <svg
        width={width}
        height={HEIGHT}
        aria-hidden
        onClick={(event) => seek((event.clientX - event.currentTarget.getBoundingClientRect().left) / second)}
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
        <line className={css.cursor} x1={x} x2={x} y1={0} y2={HEIGHT} />
      </svg>
    </div>
  );
}
