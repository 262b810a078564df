// Errors by the frames ahead.
import type { FrameFigures } from '../../../engine/contract/results/video.ts';
import type { Line } from '../../charts/draw.ts';
import { FigurePlot } from '../../charts/figure-plot.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';

export interface StepLine extends Pick<Line, 'id' | 'label' | 'color' | 'dash'> {
  readonly figures: readonly FrameFigures[];
}

export function StepsChart({ lines }: { readonly lines: readonly StepLine[] }) {
  return (
    <FigurePlot
      figures={{ mse: 'MSE', psnr: 'PSNR', ssim: 'SSIM' }}
      chosen="Figure"
      over="by the frames ahead"
      lines={lines.map(({ figures, ...look }) => ({ look, points: figures }))}
      xOf={(_, step) => step + 1}
      yOf={(figures, figure) => figures[figure]}
      xLabel="frames ahead"
      formatX={(at) => formatCount(Math.round(at))}
      formatY={(value) => formatNumber(value, 3)}
      empty="The frames are forecast …"
    />
  );
}
