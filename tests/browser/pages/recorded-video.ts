// A small video file, recorded by the page itself from a canvas: a bright square that moves from left to right on a dark ground.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workbench } from '../../workbench/fixture.ts';

/** VP8 in WebM, 64 x 48 pixels, about two seconds. @returns its path */
export async function recordedVideo({ page, workspacePath }: Workbench, name: string): Promise<string> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const context = canvas.getContext('2d')!;
    const draw = (step: number) => {
      context.fillStyle = 'rgb(20, 20, 60)';
      context.fillRect(0, 0, 64, 48);
      context.fillStyle = 'rgb(250, 220, 40)';
      context.fillRect(2 * step, 16, 16, 16);
    };
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    draw(0);
    recorder.start();
    for (let step = 1; step <= 24; step++) {
      await new Promise((resolve) => setTimeout(resolve, 80));
      draw(step);
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  const path = join(dirname(workspacePath), name);
  writeFileSync(path, Buffer.from(base64, 'base64'));
  return path;
}
