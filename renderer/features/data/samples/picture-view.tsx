// A picture of a sample; of a video its frames, to be looked through and played.
import { Button, Slider } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Still, type StillPicture, stillsIn } from '../../../ui/still.tsx';
import css from './samples.module.css';

const SIZE = 160;

export function PictureView({ picture }: { readonly picture: StillPicture }) {
  const frames = stillsIn(picture);
  const { frame, controls } = useFrames(frames.length);
  const { width, height, channels } = picture;
  const size = `${width} x ${height}, ${channels === 1 ? 'grey' : 'colour'}`;
  return (
    <div className={css.picture}>
      {frames[frame] && (
        <Still
          picture={frames[frame]}
          size={SIZE}
          label={frames.length > 1 ? `Frame ${frame + 1}` : 'The picture'}
        />
      )}
      {controls}
      <span className="muted num">{frames.length > 1 ? `${frames.length} frames of ${size}` : size}</span>
    </div>
  );
}

const FRAME_MS = 150;

interface FramesOptions {
  readonly first?: number;
  /** Of a frame, counted from 0, for those who cannot see it. */
  nameOf?(frame: number): string;
}

/** `frame 3 of 10`: what a screen reader says of a frame, from 0. */
const frameOf = (frame: number, count: number): string => `frame ${frame + 1} of ${count}`;

/** The frame that is shown, from that one on, and what chooses it; no controls of a single one. */
export function useFrames(
  count: number,
  { first = 0, nameOf = (frame) => frameOf(frame, count) }: FramesOptions = {},
) {
  const [frame, setFrame] = useState(first);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => setFrame((before) => (before + 1) % count), FRAME_MS);
    return () => clearInterval(timer);
  }, [isPlaying, count]);
  const shown = Math.min(frame, count - 1);
  const icon = { size: 14, 'aria-hidden': true } as const;
  const controls = count > 1 && (
    <div className={css.frames}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={isPlaying ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
        onClick={() => setPlaying(!isPlaying)}
      >
        {isPlaying ? 'Pause' : 'Play'}
      </Button>
      <Slider
        className={css.slider}
        size="sm"
        min={1}
        max={count}
        value={shown + 1}
        label={null}
        thumbLabel="Frame"
        thumbValueText={(value) => nameOf(value - 1)}
        onChange={(next) => {
          setPlaying(false);
          setFrame(next - 1);
        }}
      />
      <span className="muted num">
        {shown + 1} of {count}
      </span>
    </div>
  );
  return { frame: shown, controls };
}
