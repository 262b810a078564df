// One sample as a whole: a text to read, a recording to see and play, numbers as lines, a picture or a video.

import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { WholeSample } from '../../../../engine/contract/datasets/sample-views.ts';
import { isReadAsTokens } from '../../../../engine/contract/datasets/samples.ts';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { useEngine } from '../../../engine/engine-context.tsx';
import { keys } from '../../../engine/queries.ts';
import { formatNumber, plural } from '../../../ui/format.ts';
import { attempt, ErrorMessage } from '../../../ui/messages.tsx';
import { openedPicture } from '../../../ui/still.tsx';
import { envelopeOf } from './envelope.ts';
import { EventsView } from './events-view.tsx';
import { PictureView } from './picture-view.tsx';
import { playWave } from './play-wave.ts';
import css from './samples.module.css';

interface SampleViewProps {
  readonly dataset: number | string;
  /** Default: the newest one. */
  readonly version?: number | undefined;
  /** From 0. */
  readonly row: number;
}

export function SampleView({ dataset, version, row }: SampleViewProps) {
  const engine = useEngine();
  const { data, error } = useQuery({
    queryKey: [...keys.datasets, 'sample', dataset, version, row],
    queryFn: async ({ signal }) => opened(await engine.samples.get({ dataset, version, row }, { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (error) return <ErrorMessage error={error} />;
  if (!data) return <p className="muted">Reading the sample …</p>;
  return <OpenedSampleView key={row} sample={data} />;
}

export type OpenedSample = Awaited<ReturnType<typeof opened>>;

export function OpenedSampleView({ sample }: { readonly sample: OpenedSample }) {
  return (
    <>
      <Content sample={sample} />
      {sample.isCut && <p className="muted">The beginning of a longer one.</p>}
    </>
  );
}

function Content({ sample }: { readonly sample: OpenedSample }) {
  if (sample.kind === 'text') return <pre className={css.text}>{sample.text}</pre>;
  if (sample.kind === 'tokens') return <Items items={sample.items} />;
  if (sample.kind === 'picture') return <PictureView picture={sample} />;
  if (sample.kind === 'audio') return <Recording rate={sample.rate} wave={sample.wave} />;
  if (sample.kind === 'events') return <EventsView fields={sample.fields} values={sample.values} />;
  return <Numbers channels={sample.channels} values={sample.values} />;
}

/** With the bytes of its blobs, which are read after the answer has come. */
export async function opened(sample: WholeSample) {
  if (isReadAsTokens(sample)) return sample;
  if (sample.kind === 'picture') return openedPicture(sample);
  if (sample.kind === 'audio') return { ...sample, wave: new Int16Array(await sample.wave.arrayBuffer()) };
  return { ...sample, values: new Float32Array(await sample.values.arrayBuffer()) };
}

/** Each in a frame of its own, since an item may hold spaces. */
function Items({ items }: { readonly items: readonly string[] }) {
  return (
    <ol className={css.items} aria-label={plural(items.length, 'item')}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items come again
        <li key={index}>{item}</li>
      ))}
    </ol>
  );
}

const WIDTH = 520;
const HEIGHT = 64;

function Recording({ rate, wave }: { readonly rate: number; readonly wave: Int16Array }) {
  const [isPlaying, setPlaying] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const seconds = wave.length / rate;
  function toggle(): void {
    if (isPlaying) {
      stop.current?.();
      return;
    }
    attempt(async () => {
      stop.current = playWave({ rate, wave, onEnd: () => setPlaying(false) });
      setPlaying(true);
    });
  }
  return (
    <div className={css.recording}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={
          isPlaying ? <IconPlayerStop size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />
        }
        onClick={toggle}
      >
        {isPlaying ? 'Stop' : 'Play'}
      </Button>
      <svg
        className={css.wave}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Wave of ${seconds.toFixed(2)} seconds`}
      >
        <path d={envelopeOf(wave, WIDTH, HEIGHT)} />
      </svg>
      <span className="muted num">
        {seconds.toFixed(2)} s, {rate.toLocaleString('en-US')} Hz
      </span>
    </div>
  );
}

const MOST_CHANNELS = 12;

function Numbers({ channels, values }: { readonly channels: number; readonly values: Float32Array }) {
  const steps = values.length / channels;
  if (steps <= 1)
    return <p className="num">{Array.from(values, (value) => formatNumber(value)).join(', ')}</p>;
  const shown = Array.from({ length: Math.min(channels, MOST_CHANNELS) }, (_, channel) =>
    Float64Array.from({ length: steps }, (_step, step) => values[step * channels + channel]!),
  );
  return (
    <div role="img" aria-label={`Series of ${steps} steps`}>
      {shown.map((line, channel) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: channels have no other name
        <div key={channel} className={css.channel}>
          {channels > 1 && <span className="muted num">{channel + 1}</span>}
          <Sparkline values={line} width={WIDTH} height={channels > 1 ? 32 : HEIGHT} />
        </div>
      ))}
      {channels > MOST_CHANNELS && (
        <p className="muted">
          The first {MOST_CHANNELS} of {channels} channels.
        </p>
      )}
    </div>
  );
}
