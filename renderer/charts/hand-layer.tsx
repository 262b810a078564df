// The layer of a chart whose values are taken by hand: says where a drag began, where it is, and whether it is over.
import { type PointerEvent, useRef } from 'react';
import type { Domain, Scale } from './scales.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Hand {
  /** Of the vertical axis: it stays while values move. */
  readonly yDomain: Domain;
  onDrag(drag: { readonly from: Point; readonly to: Point; readonly isEnd: boolean }): void;
  /** @param at where the cursor is; whether the key was meant for it */
  onKey(key: string, at: number | null, isShifted: boolean): boolean;
}

interface HandLayerProps {
  readonly hand: Hand;
  readonly x: Scale;
  readonly y: Scale;
  readonly onPoint: (x: number | null) => void;
  readonly className: string | undefined;
  readonly style: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

export function HandLayer({ hand, x, y, onPoint, className, style }: HandLayerProps) {
  const start = useRef<Point | null>(null);
  function pointOf(event: PointerEvent<HTMLElement>): Point {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: x.toValue(event.clientX - left), y: y.toValue(event.clientY - top) };
  }
  function drag(event: PointerEvent<HTMLElement>, isEnd: boolean): void {
    const to = pointOf(event);
    onPoint(to.x);
    if (start.current) hand.onDrag({ from: start.current, to, isEnd });
    if (isEnd) start.current = null;
  }
  return (
    <div
      className={className}
      style={{ ...style, cursor: 'grab', touchAction: 'none' }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        start.current = pointOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => drag(event, false)}
      onPointerUp={(event) => drag(event, true)}
      onPointerLeave={() => start.current === null && onPoint(null)}
    />
  );
}
