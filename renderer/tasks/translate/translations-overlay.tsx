// What several translators wrote, side by side: their scores by the length of the text that is read, which with and without attention shows what
// the encoding bottleneck costs, and their texts for the same sources. A click shows where each of them looked.
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { lookOf } from '../../features/compare/run-look.ts';
import { EnsemblePanel } from '../ensemble-panel.tsx';
import { RunSection } from '../run-section.tsx';
import type { OverlayProps } from '../task-screens.ts';
import { useResults } from '../use-results.ts';
import { COMPARED, WrittenSideBySide } from '../written-side-by-side.tsx';
import { LengthChart } from './length-chart.tsx';
import css from './translate.module.css';
import { Translated } from './translated.tsx';
import { TryTogether } from './try-together.tsx';

export function TranslationsOverlay({ runs, looks }: OverlayProps) {
  const engine = useEngine();
  const { able, results, all, error } = useResults({
    runs,
    kind: 'translate',
    request: { most: COMPARED, pick: 'evenly' as const },
    ask: engine.translation.result,
  });
  if (able.length === 0) return null;
  const lines = able.map((run, index) => ({ run, look: looks.get(run.id) ?? lookOf(index) }));
  return (
    <>
      <LengthChart
        lines={lines.map(({ run, look }, index) => ({
          id: String(run.id),
          label: runLabel(run),
          ...look,
          scores: results[index]?.byLength ?? [],
        }))}
      />
      <EnsemblePanel
        runs={able}
        of="translators"
        hasWay={false}
        counted="texts"
        tryIt={([first, ...others]) => first && <TryTogether run={first} others={others} />}
      />
      <WrittenSideBySide
        runs={able}
        written={all?.map(({ pairs }) => pairs)}
        count={all?.[0]?.count ?? 0}
        error={error}
        of="texts"
        keyOf={({ sample, source }) => `${sample} ${source}`}
        before={[
          { title: 'Read', className: css.cellText, cellOf: ({ source }) => source },
          { title: 'Right', className: css.cellText, cellOf: ({ references }) => references.join(' | ') },
        ]}
        after={[]}
        opens="Read"
        nameOf={({ source }) => `Alignments of ${source}`}
        detailOf={({ source }) => (
          <div className={css.sideBySide}>
            {lines.map(({ run, look: { color } }) => (
              <RunSection key={run.id} run={run} color={color} of="Alignment">
                <Translated run={run} text={source} about={` by ${runLabel(run)}`} />
              </RunSection>
            ))}
          </div>
        )}
      />
    </>
  );
}
