// Which frames of video files are read, and how large; then they are read, packed and handed over as a folder of frames would be.
import { Button, Group, NumberInput, Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useShell } from '../../../app/shell-context.tsx';
import { formatBytes, formatCount, formatDuration, plural } from '../../../ui/format.ts';
import { ErrorMessage } from '../../../ui/messages.tsx';
import { ProgressBar } from '../../../ui/run-state.tsx';
import classes from '../data.module.css';
import { closeImport, openImportAs } from '../import-state.ts';
import { MOST_FRAMES } from './frame-times.ts';
import { framesOf, type HowTaken, packFrames } from './pack-frames.ts';
import { type Probed, usePreview, useProbed } from './use-videos.ts';
import type { VideoFile } from './video-subject.ts';

const SIZES = ['16', '20', '24', '32', '48', '64', '96', '128'];
const USUAL: HowTaken = { rate: 10, side: 32 };
const MOST_RATE = 60;

export function VideoReading({ videos }: { readonly videos: readonly VideoFile[] }) {
  const [how, setHow] = useState(USUAL);
  const probed = useProbed(videos);
  const readable = probed.flatMap(({ video, found }) => (found ? [{ video, seconds: found.seconds }] : []));
  const preview = usePreview(readable[0]?.video, how);
  const { read, start, error } = useReading();
  const all = framesOf(readable, how);
  if (read !== null) return <Reading read={read} of={all} />;
  const isCut = readable.some(({ seconds }) => seconds * how.rate > MOST_FRAMES);
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void start(readable, how);
      }}
    >
      <div className={classes.readingFields}>
        <NumberInput
          label="Frames a second"
          min={0.1}
          max={MOST_RATE}
          decimalScale={2}
          value={how.rate}
          onChange={(rate) => typeof rate === 'number' && rate > 0 && setHow({ ...how, rate })}
          data-autofocus
        />
        <Select
          label="Size of frames"
          data={SIZES.map((size) => ({ value: size, label: `${size} pixels` }))}
          value={String(how.side)}
          onChange={(side) => side !== null && setHow({ ...how, side: Number(side) })}
          allowDeselect={false}
        />
      </div>
      <VideoList videos={videos} probed={probed} />
      {preview.length > 0 && (
        <div className={classes.frames} role="img" aria-label="The first frames as they will be read">
          {preview.map((address) => (
            <img key={address} src={address} alt="" />
          ))}
        </div>
      )}
      {error !== null && <ErrorMessage error={error} />}
      <Group justify="space-between">
        <span className="muted" role="status">
          {readable.length > 0 &&
            `${plural(all, 'frame')}, at most ${formatBytes(all * how.side * how.side * 3)}${isCut ? `; of each video the first ${formatCount(MOST_FRAMES)}` : ''}`}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={closeImport}>
            Cancel
          </Button>
          <Button type="submit" disabled={readable.length === 0 || probed.length < videos.length}>
            {readable.length === 0
              ? 'Read the frames'
              : `Read the frames of ${plural(readable.length, 'video')}`}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

interface VideoListProps {
  readonly videos: readonly VideoFile[];
  readonly probed: readonly Probed[];
}

/** Those that cannot be decoded say why; they are left out. */
function VideoList({ videos, probed }: VideoListProps) {
  return (
    <ul className={classes.videos} aria-label="Videos">
      {videos.map(({ path, file }, index) => {
        const one = probed[index];
        return (
          <li key={path}>
            <span>{path}</span>
            <span className="num muted">
              {formatBytes(file.size)}
              {one?.found &&
                `, ${one.found.width} x ${one.found.height}, ${formatDuration(one.found.seconds)}`}
              {!one && ', opening …'}
            </span>
            {one?.error && <ErrorMessage error={one.error} />}
          </li>
        );
      })}
    </ul>
  );
}

function Reading({ read, of }: { readonly read: number; readonly of: number }) {
  return (
    <div className={classes.stack}>
      <div className={classes.importing}>
        <span role="status">Reading frames</span>
        <span className="num muted">
          {formatCount(read)} of {formatCount(of)}
        </span>
      </div>
      <ProgressBar fraction={of === 0 ? 0 : read / of} label="Progress of reading the frames" />
      <Group justify="flex-end">
        <Button variant="default" onClick={closeImport}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}

/** Reading ends with the dialog. */
function useReading() {
  const shell = useShell();
  const [read, setRead] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  async function start(taken: Parameters<typeof packFrames>[0], how: HowTaken): Promise<void> {
    const ending = new AbortController();
    running.current = ending;
    setError(null);
    setRead(0);
    try {
      const packed = await packFrames(taken, how, { signal: ending.signal, onProgress: setRead });
      if (ending.signal.aborted) return;
      await openImportAs({ options: { as: 'frames' } }, (options) => shell.handOver(packed, options));
    } catch (cause) {
      if (!ending.signal.aborted) setError(cause);
    } finally {
      setRead(null);
    }
  }
  return { read, error, start };
}
