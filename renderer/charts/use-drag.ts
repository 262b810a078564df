// Pointer actions on a chart: pointing moves the cursor, dragging selects a range, a double click shows everything, the wheel
// zooms.
import { type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Domain, Scale } from './scales.ts';

interface DragOptions {
  readonly scale: Scale;
  readonly onRange: ((range: Domain | null) => void) | undefined;
  readonly onPoint: (x: number | null) => void;
  readonly wheel: boolean;
}

/** A shorter drag is a click. */
const LEAST_PIXELS = 5;

export function useDrag(options: DragOptions): {
  readonly attach: RefCallback<HTMLElement>;
  readonly selection: Domain | null;
} {
  const [selection, setSelection] = useState<Domain | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const pointer = useRef<number | null>(null);
  const [low, high] = options.scale.domain;
  // The wheel moves what is under a pointer that rests.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another view counts
  useEffect(() => {
    const { onPoint, scale } = latest.current;
    if (pointer.current !== null) onPoint(scale.toValue(pointer.current));
  }, [low, high]);
  const attach = useCallback(
    (element: HTMLElement | null) =>
      element ? listen(element, { latest, pointer, setSelection }) : undefined,
    [],
  );
  return { attach, selection };
}

interface Listening {
  readonly latest: RefObject<DragOptions>;
  /** Pixels from the left, while it is over the chart. */
  readonly pointer: RefObject<number | null>;
  readonly setSelection: (range: Domain | null) => void;
}

function listen(element: HTMLElement, { latest, pointer, setSelection }: Listening): () => void {
  let start: number | null = null;
  const pixelOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left;
  const valueAt = (event: MouseEvent) => latest.current.scale.toValue(pixelOf(event));

  function down(event: PointerEvent): void {
    if (event.button !== 0 || !latest.current.onRange) return;
    start = pixelOf(event);
    element.setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent): void {
    pointer.current = pixelOf(event);
    latest.current.onPoint(valueAt(event));
    const { scale } = latest.current;
    if (start !== null) setSelection([scale.toValue(start), valueAt(event)]);
  }
  function up(event: PointerEvent): void {
    if (start !== null && Math.abs(pixelOf(event) - start) >= LEAST_PIXELS) {
      const ends = [latest.current.scale.toValue(start), valueAt(event)].sort((a, b) => a - b);
      latest.current.onRange?.([ends[0] as number, ends[1] as number]);
    }
    start = null;
    setSelection(null);
  }
  function leave(): void {
    pointer.current = null;
    latest.current.onPoint(null);
  }
  function all(): void {
    latest.current.onRange?.(null);
  }
  function wheel(event: WheelEvent): void {
    const { scale, onRange } = latest.current;
    if (!latest.current.wheel || !onRange) return;
    event.preventDefault();
    const [low, high] = scale.domain;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const shift = ((high - low) * (event.deltaX || event.deltaY)) / 1_000;
      onRange([low + shift, high + shift]);
      return;
    }
    const at = valueAt(event);
    const factor = Math.exp(event.deltaY / 500);
    onRange([at - (at - low) * factor, at + (high - at) * factor]);
  }
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('dblclick', all);
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('dblclick', all);
    element.removeEventListener('wheel', wheel);
  };
}
