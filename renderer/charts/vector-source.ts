// What a canvas of lines shows, kept beside it, so that a picture of the chart can be written as vectors.
import type { Line } from './draw.ts';
import type { Scale } from './scales.ts';

export interface VectorSource {
  readonly lines: readonly Line[];
  readonly x: Scale;
  readonly y: Scale;
  /** Pixels that the canvas is larger than the plot, at each side. */
  readonly bleed: number;
}

const sources = new WeakMap<HTMLCanvasElement, VectorSource>();

export const keepVectors = (canvas: HTMLCanvasElement, source: VectorSource): void =>
  void sources.set(canvas, source);

export const vectorsOf = (canvas: HTMLCanvasElement): VectorSource | undefined => sources.get(canvas);
