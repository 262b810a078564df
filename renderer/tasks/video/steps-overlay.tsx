// What several models said of the next frames, side by side: their errors by the frames ahead, and the frames of a window.
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { lookOf } from '../../features/compare/run-look.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import type { OverlayProps } from '../task-screens.ts';
import { useResults } from '../use-results.ts';
import { FramesOverlay } from './frames-overlay.tsx';
import { StepsChart } from './steps-chart.tsx';

const MOST = 1_000;

export function StepsOverlay({ runs, looks }: OverlayProps) {
  const engine = useEngine();
  const { able, part, results, all, error } = useResults({
    runs,
    kind: 'video',
    request: { most: MOST },
    ask: engine.video.result,
  });
  if (able.length === 0) return null;
  if (error) return <ErrorMessage error={error} />;
  return (
    <>
      <StepsChart
        lines={able.map((run, index) => ({
          id: String(run.id),
          label: runLabel(run),
          ...(looks.get(run.id) ?? lookOf(index)),
          figures: results[index]?.steps.find(({ subject }) => subject === 'model')?.figures ?? [],
        }))}
      />
      {all && <FramesOverlay runs={able} part={part} results={all} />}
    </>
  );
}
