// A small picture of an image whose caption is shown.
import { useQuery } from '@tanstack/react-query';
import type { RunDetail, RunSummary } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { openedPicture, Still, stillsIn } from '../../ui/still.tsx';
import css from './caption.module.css';

/** Pixels on the screen, in a row of a table. */
export const THUMBNAIL = 40;

interface CaptionImageProps {
  readonly run: Pick<RunDetail | RunSummary, 'datasetName' | 'datasetVersion'>;
  readonly name: string;
  /** Pixels on the screen. */
  readonly size: number;
}

/** Its name alone where the dataset is not there any more. */
export function CaptionImage({ run, name, size }: CaptionImageProps) {
  const engine = useEngine();
  const { datasetName: dataset, datasetVersion: version } = run;
  const { data, isPending } = useQuery({
    queryKey: [...keys.datasets, 'sample', dataset, version, 'named', name],
    queryFn: async ({ signal }) => {
      const page = await engine.samples.list({ dataset, version, names: [name], most: 1 }, { signal });
      return page.pictures && (stillsIn(await openedPicture(page.pictures))[0] ?? null);
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (isPending) return <div style={{ height: size }} />;
  if (!data) return name;
  return (
    <span className={css.image} title={name}>
      <Still picture={data} size={size} label={name} />
    </span>
  );
}
