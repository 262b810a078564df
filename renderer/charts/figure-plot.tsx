// One line for each subject, of the figure that the reader chooses, over a count.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../ui/page.tsx';
import type { Line } from './draw.ts';
import { LinePlot, type LinePlotProps } from './line-plot.tsx';

type Look = Pick<Line, 'id' | 'label' | 'color' | 'dash'>;

interface FigurePlotProps<Figure extends string, Point>
  extends Pick<LinePlotProps, 'xLabel' | 'formatX' | 'formatY' | 'empty'> {
  /** In words, by figure; the first one is shown first. */
  readonly figures: Readonly<Record<Figure, string>>;
  /** What the control chooses: `Score`. */
  readonly chosen: string;
  /** Behind the figure in the title: `by the frames ahead`. */
  readonly over: string;
  readonly lines: readonly { readonly look: Look; readonly points: readonly Point[] }[];
  readonly xOf: (point: Point, index: number) => number;
  readonly yOf: (point: Point, figure: Figure) => number;
}

export function FigurePlot<Figure extends string, Point>(props: FigurePlotProps<Figure, Point>) {
  const { figures, chosen, over, lines, xOf, yOf, ...axes } = props;
  const names = Object.keys(figures) as Figure[];
  const [figure, setFigure] = useState<Figure>(names[0]!);
  return (
    <Panel>
      <LinePlot
        {...axes}
        xKind="count"
        title={`${figures[figure]} ${over}`}
        lines={lines.map(({ look, points }) => ({
          ...look,
          width: 2,
          x: Float64Array.from(points, xOf),
          y: Float64Array.from(points, (point) => yOf(point, figure)),
        }))}
        height={240}
        controls={
          <SegmentedControl
            size="xs"
            aria-label={chosen}
            value={figure}
            onChange={(next) => setFigure(next as Figure)}
            data={names.map((name) => ({ value: name, label: figures[name] }))}
          />
        }
      />
    </Panel>
  );
}
