// The score by the length of the text that is read: without attention it falls with the length, since all of a text has to fit into one state.
import type { LengthScore } from '../../../engine/contract/results/translation.ts';
import type { Line } from '../../charts/draw.ts';
import { FigurePlot } from '../../charts/figure-plot.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';

export interface LengthLine extends Pick<Line, 'id' | 'label' | 'color' | 'dash'> {
  readonly scores: readonly LengthScore[];
}

export function LengthChart({ lines }: { readonly lines: readonly LengthLine[] }) {
  return (
    <FigurePlot
      figures={{ exact: 'Exact match', edits: 'Edit rate' }}
      chosen="Score"
      over="by the length of the text, in %"
      lines={lines.map(({ scores, ...look }) => ({ look, points: scores }))}
      xOf={({ from, to }) => (from + to) / 2}
      yOf={(score, value) => 100 * score[value]}
      xLabel="tokens"
      formatX={(at) => formatCount(Math.round(at))}
      formatY={(share) => `${formatNumber(share, 3)} %`}
      empty="The texts are written …"
    />
  );
}
