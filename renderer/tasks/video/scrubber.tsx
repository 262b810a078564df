// The frames of one window: true, forecast, and the copy of the last one that was read, side by side.
import { useQuery } from '@tanstack/react-query';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { useFrames } from '../../features/data/samples/picture-view.tsx';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Still, type StillPicture, stillsIn } from '../../ui/still.tsx';
import css from './video.module.css';

interface ScrubberProps {
  readonly run: RunDetail;
  readonly window: number;
}

export function Scrubber({ run, window }: ScrubberProps) {
  const engine = useEngine();
  const { data, error } = useQuery({
    queryKey: ['video', 'window', run.id, weightsOf(run), window],
    queryFn: async ({ signal }) => {
      const found = await engine.video.window({ run: run.id, window }, { signal });
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
  if (error) return <ErrorMessage error={error} />;
  if (!data) return <p className="muted">Reading the frames …</p>;
  return <Frames key={window} {...data} />;
}

const SIZE = 150;

interface FramesProps {
  readonly given: number;
  readonly truth: readonly StillPicture[];
  readonly forecast: readonly StillPicture[];
  readonly copy: readonly StillPicture[];
}

function Frames({ given, truth, forecast, copy }: FramesProps) {
  const { frame, controls } = useFrames(truth.length);
  const step = frame - given;
  const columns = [
    { name: 'True', picture: truth[frame] },
    { name: 'Forecast', picture: step < 0 ? truth[frame] : forecast[step] },
    { name: 'Last frame', picture: step < 0 ? truth[frame] : copy[step] },
  ];
  return (
    <div className={css.scrubber}>
      <div className={css.stills}>
        {columns.map(({ name, picture }) => (
          <figure key={name} className={css.figure}>
            {picture && <Still picture={picture} size={SIZE} label={`${name}, frame ${frame + 1}`} />}
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
      {controls}
      <p className="muted" role="status">
        {step < 0 ? 'A frame that the model reads.' : `Frame ${step + 1} ahead of the last one that is read.`}
      </p>
    </div>
  );
}
