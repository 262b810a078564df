// The frames of one window: true, forecast, and the copy of the last one that was read, side by side.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { RunDetail, RunSummary } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { useFrames } from '../../features/data/samples/picture-view.tsx';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Still, type StillPicture, stillsIn } from '../../ui/still.tsx';
import css from './video.module.css';

interface AskedWindow {
  readonly run: RunSummary | RunDetail;
  readonly part: 'test' | 'validation';
  readonly window: number;
}

export const windowQuery = (engine: EngineClient, { run, part, window }: AskedWindow) =>
  queryOptions({
    queryKey: ['video', 'window', { run: run.id, part, window }, weightsOf(run)] as const,
    queryFn: async ({ signal }) => {
      const found = await engine.video.window({ run: run.id, part, window }, { signal });
      const { width, height, channels } = found;
      const framesOf = async (blob: Blob) =>
        stillsIn({ width, height, channels, pixels: new Uint8Array(await blob.arrayBuffer()) });
      return {
        given: found.given,
        truth: await framesOf(found.truth),
        forecast: await framesOf(found.forecast),
        copy: await framesOf(found.copy),
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export function Scrubber({ run, window }: { readonly run: RunDetail; readonly window: number }) {
  const { data, error } = useQuery(windowQuery(useEngine(), { run, part: 'test', window }));
  if (error) return <ErrorMessage error={error} />;
  if (!data) return <p className="muted">Reading the frames …</p>;
  const { given, truth, forecast, copy } = data;
  return (
    <Frames
      key={window}
      given={given}
      truth={truth}
      said={[
        { name: 'Forecast', frames: forecast },
        { name: 'Last frame', frames: copy },
      ]}
    />
  );
}

const SIZE = 150;

interface FramesProps {
  /** Frames that are read; they are the first ones of `truth`. */
  readonly given: number;
  readonly truth: readonly StillPicture[];
  /** The frames ahead alone. */
  readonly said: readonly { readonly name: string; readonly frames: readonly StillPicture[] }[];
}

export function Frames({ given, truth, said }: FramesProps) {
  // What is read is the same in all columns: it begins where they differ.
  const { frame, controls } = useFrames(truth.length, {
    first: given,
    nameOf: (at) =>
      at < given
        ? `frame ${at + 1} of ${given} that are read`
        : `frame ${at + 1 - given} of ${truth.length - given} ahead`,
  });
  const step = frame - given;
  const columns = [
    { name: 'True', picture: truth[frame] },
    ...said.map(({ name, frames }) => ({ name, picture: step < 0 ? truth[frame] : frames[step] })),
  ];
  return (
    <div className={css.scrubber}>
      <div className={css.stills}>
        {columns.map(({ name, picture }) => (
          <figure key={name} className={css.figure} style={{ width: SIZE }}>
            {picture && <Still picture={picture} size={SIZE} label={`${name}, frame ${frame + 1}`} />}
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
      {controls}
      <p className="muted" role="status">
        {step < 0
          ? said.length > 2
            ? 'A frame that the models read.'
            : 'A frame that the model reads.'
          : `Frame ${step + 1} ahead of the last one that is read.`}
      </p>
    </div>
  );
}
