// The section of a report: the figures of the model by the frames ahead.
import type { VideoFrame } from '../../contract/tasks/video-frame.ts';
import { figuresIn } from './result.ts';
import { byStep } from './scored.ts';

export function stepsHtml(frame: VideoFrame): string {
  const rows = byStep(figuresIn(frame)).map(
    ({ mse, psnr, ssim }, step) =>
      `<tr><th scope="row">${step + 1}</th><td>${mse.toFixed(5)}</td><td>${psnr.toFixed(2)}</td><td>${ssim.toFixed(4)}</td></tr>`,
  );
  return `<table><thead><tr><th>frames ahead</th><th>MSE</th><th>PSNR, dB</th><th>SSIM</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
