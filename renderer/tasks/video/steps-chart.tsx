// Errors by the frames ahead.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { FrameFigures } from '../../../engine/contract/video.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';

export interface StepLine extends Pick<Line, 'id' | 'label' | 'color' | 'dash'> {
  readonly figures: readonly FrameFigures[];
}

const FIGURES = { mse: 'MSE', psnr: 'PSNR', ssim: 'SSIM' } as const;
type Figure = keyof typeof FIGURES;

export function StepsChart({ lines }: { readonly lines: readonly StepLine[] }) {
  const [figure, setFigure] = useState<Figure>('mse');
  return (
    <Panel>
      <LinePlot
        title={`${FIGURES[figure]} by the frames ahead`}
        lines={lines.map(({ figures, ...look }) => ({
          ...look,
          width: 2,
          x: Float64Array.from(figures, (_, step) => step + 1),
          y: Float64Array.from(figures, (figures) => figures[figure]),
        }))}
        height={240}
        xLabel="frames ahead"
        formatX={(at) => formatCount(Math.round(at))}
        formatY={(value) => formatNumber(value, 3)}
        empty="The frames are forecast …"
        controls={
          <SegmentedControl
            size="xs"
            aria-label="Figure"
            value={figure}
            onChange={(next) => setFigure(next as Figure)}
            data={Object.entries(FIGURES).map(([value, label]) => ({ value, label }))}
          />
        }
      />
    </Panel>
  );
}
