// What a writer of captions wrote for three validation images after its epochs, below the images.
import { useQuery } from '@tanstack/react-query';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { openedPicture, Still, stillsIn } from '../../ui/still.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { LearningTab } from '../translate/learning-tab.tsx';
import css from './caption.module.css';

export function CaptionLearningTab({ run }: RunTabProps) {
  return <LearningTab run={run} headOf={(name) => <Image run={run} name={name} />} />;
}

/** Pixels on the screen. */
const SIZE = 72;

interface ImageProps {
  readonly run: RunDetail;
  readonly name: string;
}

/** Its name alone where the dataset is not there any more. */
function Image({ run: { datasetName: dataset, datasetVersion: version }, name }: ImageProps) {
  const engine = useEngine();
  const { data, isPending } = useQuery({
    queryKey: [...keys.datasets, 'sample', dataset, version, 'named', name],
    queryFn: async ({ signal }) => {
      const page = await engine.samples.list({ dataset, version, names: [name], most: 1 }, { signal });
      return page.pictures && (stillsIn(await openedPicture(page.pictures))[0] ?? null);
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (isPending) return <div style={{ height: SIZE }} />;
  if (!data) return name;
  return (
    <span className={css.image} title={name}>
      <Still picture={data} size={SIZE} label={name} />
    </span>
  );
}
