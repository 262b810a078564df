// The metrics of frames: means over the frames of all windows.
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import type { FrameFigures } from './compare-frames.ts';

export interface FrameMetric extends MetricInfo {
  value(figures: FrameFigures): number;
}

export const FRAME_METRICS: readonly FrameMetric[] = [
  {
    name: 'frame-mse',
    label: 'MSE of frames',
    meaning: 'Mean squared error of the pixels, which are from 0 to 1.',
    definition: 'Mean over pixels, colours, frames and windows of (forecast - truth)^2.',
    better: 'lower',
    unit: 'none',
    format: 'number',
    value: ({ mse }) => mse,
  },
  {
    name: 'psnr',
    label: 'PSNR',
    meaning: 'Peak signal over noise in decibels: 10 more mean a tenth of the squared error.',
    definition: 'Mean over the frames of -10 log10(MSE), of values from 0 to 1; at most 100.',
    better: 'higher',
    unit: 'none',
    format: 'number',
    value: ({ psnr }) => psnr,
  },
  {
    name: 'ssim',
    label: 'SSIM',
    meaning: 'How alike the structures of two frames are, 1 where they are equal.',
    definition: 'Wang and others 2004: windows of 11 x 11, Gaussian of 1.5; mean over positions and frames.',
    better: 'higher',
    unit: 'none',
    format: 'number',
    value: ({ ssim }) => ssim,
  },
];
