// What several writers of captions wrote for the same images, side by side.
import { useEngine } from '../../engine/engine-context.tsx';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import type { OverlayProps } from '../task-screens.ts';
import { useResults } from '../use-results.ts';
import { COMPARED, WrittenSideBySide } from '../written-side-by-side.tsx';
import css from './caption.module.css';
import { CaptionImage, THUMBNAIL } from './caption-image.tsx';

export function CaptionsOverlay({ runs }: OverlayProps) {
  const engine = useEngine();
  const { able, all, error } = useResults({
    runs,
    kind: 'caption',
    request: { most: COMPARED, pick: 'evenly' as const },
    ask: engine.captioning.result,
  });
  const [first] = able;
  if (!first) return null;
  return (
    <WrittenSideBySide
      runs={able}
      written={all?.map(({ captions }) => captions)}
      count={all?.[0]?.count ?? 0}
      error={error}
      of="images"
      keyOf={({ sample, name }) => `${sample} ${name}`}
      before={[
        { title: 'Image', cellOf: ({ name }) => <CaptionImage run={first} name={name} size={THUMBNAIL} /> },
        { title: 'File', className: css.name, hintOf: ({ name }) => name, cellOf: ({ name }) => name },
        { title: 'Right', cellOf: ({ references }) => references.join(' | ') },
      ]}
      after={[{ title: 'Of the nearest pixels', cellOf: ({ nearest }) => nearest }]}
      opens="File"
      detailOf={({ sample }) => (
        <SampleView dataset={first.datasetName} version={first.datasetVersion} row={sample} />
      )}
    />
  );
}
