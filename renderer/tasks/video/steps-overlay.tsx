// What several models said of the next frames, side by side: their errors by the frames ahead, and the frames of a window.
import { useQueries } from '@tanstack/react-query';
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import { lookOf } from '../../features/compare/run-look.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import type { OverlayProps } from '../task-screens.ts';
import { useScoredPart } from '../use-scored-part.ts';
import { FramesOverlay } from './frames-overlay.tsx';
import { StepsChart } from './steps-chart.tsx';

const MOST = 1_000;

export function StepsOverlay({ runs, looks }: OverlayProps) {
  const engine = useEngine();
  const able = runs.filter(({ bestEpoch }) => bestEpoch !== null);
  const part = useScoredPart(able);
  const results = useQueries({
    queries: able.map((run) => ({
      queryKey: ['video', 'result', { run: run.id, part, most: MOST }, weightsOf(run)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        engine.video.result({ run: run.id, part, most: MOST }, { signal }),
      placeholderData: keptOfRun(run.id),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
  });
  if (able.length === 0) return null;
  const known = results.flatMap(({ data }) => (data ? [data] : []));
  return (
    <>
      <StepsChart
        lines={able.map((run, index) => ({
          id: String(run.id),
          label: runLabel(run),
          ...(looks.get(run.id) ?? lookOf(index)),
          figures: results[index]?.data?.steps.find(({ subject }) => subject === 'model')?.figures ?? [],
        }))}
      />
      {known.length === able.length && <FramesOverlay runs={able} part={part} results={known} />}
    </>
  );
}
