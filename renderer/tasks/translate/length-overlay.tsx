// What several translators wrote, side by side: their scores by the length of the text that is read. With and without attention it shows what
// the encoding bottleneck costs.
import { useQueries } from '@tanstack/react-query';
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import { lookOf } from '../../features/compare/run-look.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import type { OverlayProps } from '../task-screens.ts';
import { useScoredPart } from '../use-scored-part.ts';
import { LengthChart } from './length-chart.tsx';

export function LengthOverlay({ runs, looks }: OverlayProps) {
  const engine = useEngine();
  const able = runs.filter(({ bestEpoch }) => bestEpoch !== null);
  const part = useScoredPart(able);
  const results = useQueries({
    queries: able.map((run) => ({
      queryKey: ['translation', 'result', { run: run.id, part, most: 1 }, weightsOf(run)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        engine.translation.result({ run: run.id, part, most: 1 }, { signal }),
      placeholderData: keptOfRun(run.id),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
  });
  if (able.length === 0) return null;
  return (
    <LengthChart
      lines={able.map((run, index) => ({
        id: String(run.id),
        label: runLabel(run),
        ...(looks.get(run.id) ?? lookOf(index)),
        scores: results[index]?.data?.byLength ?? [],
      }))}
    />
  );
}
