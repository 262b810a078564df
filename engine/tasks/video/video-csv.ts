// The table of a forecast of frames: a frame a line.
import type { VideoFrame } from '../../contract/tasks/video-frame.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';

export const VIDEO_COLUMNS: ColumnMeanings = {
  sample: ['row of the video in its dataset, from 1', ''],
  name: ['name of the video', ''],
  from: ['first frame that is read, from 1', ''],
  step: ['frames after the last one that is read', ''],
  mse: ['mean squared error of the pixels, from 0 to 1', ''],
  psnr: ['peak signal over noise', 'dB'],
  ssim: ['structural similarity', ''],
};

export function videoTables({ header, columns }: VideoFrame): Tables {
  return {
    'frames.csv': [
      'sample,name,from,step,mse,psnr,ssim',
      ...Array.from(columns.window, (window, row) =>
        [
          String(columns.sample[row]! + 1),
          field(header.names[window]!),
          String(columns.from[row]! + 1),
          String(columns.step[row]!),
          number(columns.mse[row]!),
          number(columns.psnr[row]!),
          number(columns.ssim[row]!),
        ].join(','),
      ),
    ],
  };
}
