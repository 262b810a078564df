// The Inside tab: what it looks at is in the address, and cells lie over the rows that they read.
import { expect, test } from 'vitest';
import type { InsideStatesFrame, InsideWindowFrame } from '../../engine/contract/inside/states.ts';
import { hrefOf, parseRoute } from '../../renderer/app/router.ts';
import { sameOrigin } from '../../renderer/features/compare/same-origin.ts';
import { followersOf } from '../../renderer/features/inside/ahead.tsx';
import { absentLags } from '../../renderer/features/inside/gradients-view.tsx';
import { addressOf, choiceIn } from '../../renderer/features/inside/inside-choice.ts';
import { notThere } from '../../renderer/features/inside/not-there.ts';
import { answersFrom } from '../../renderer/features/inside/reading/reading-view.ts';
import { editOfDrag, editOfKey, withEdit } from '../../renderer/features/inside/window-edits.ts';
import {
  cellSpans,
  epochBorders,
  hatchedSpans,
  rowBorders,
  truncatedSpans,
  windowTime,
} from '../../renderer/features/inside/window-time.ts';

test('an address without anything is the defaults, and gives itself back', () => {
  const nothing = choiceIn(new URLSearchParams());
  expect(nothing).toMatchObject({ view: null, part: 'test', origin: 0, order: 'index', unit: null });
  expect(Object.values(addressOf(nothing)).join('')).toBe('');
  const text =
    'view=gates&weights=first&part=train&origin=7&place=decoder+1+backward&what=f&order=memory&unit=3&step=0&edits=%5B%7B%22kind%22%3A%22shift%22%2C%22rows%22%3A2%7D%5D';
  const chosen = choiceIn(new URLSearchParams(text));
  expect(chosen).toMatchObject({
    unit: 3,
    step: 0,
    edits: [{ kind: 'shift', rows: 2 }],
    place: { part: 'decoder', layer: 1, direction: 'backward' },
  });
  expect(choiceIn(parseRoute(hrefOf([], addressOf(chosen))).query)).toEqual(chosen);
});

test('an address that was tampered with falls back to the defaults', () => {
  const odd = choiceIn(
    new URLSearchParams('part=all&origin=-1&weights=none&order=x&place=x+y+z&unit=1.5&edits=%7B'),
  );
  expect(odd).toEqual(choiceIn(new URLSearchParams()));
});

/** Four rows of look-back, of which the first fills no segment, and two of horizon; a day is missing after the second. */
const window = {
  header: { lookback: 4, unread: 1, about: { originUs: 5 } },
  columns: { time: Float64Array.of(1, 2, 4, 5, 6, 7) },
} as unknown as InsideWindowFrame;

test('rows reach half-way to their neighbours', () => {
  expect(Array.from(rowBorders(window.columns.time))).toEqual([0.5, 1.5, 3, 4.5, 5.5, 6.5, 7.5]);
  expect(Array.from(rowBorders(Float64Array.of(3)))).toEqual([2.5, 3.5]);
  // No axis of epochs reaches beyond the last one, however far before it the last look was.
  expect(Array.from(epochBorders(Float64Array.of(0, 1, 12)))).toEqual([-0.5, 0.5, 6.5, 12.5]);
  expect(Array.from(epochBorders(Float64Array.of(0)))).toEqual([-0.5, 0.5]);
});

test('cells lie over their rows, overlapping segments side by side, and what is not read is hatched', () => {
  const time = windowTime(window);
  const states = { row: Int32Array.of(1, 2), end: Int32Array.of(3, 4) };
  expect(cellSpans(states, time)).toEqual({ from: Float64Array.of(1.5, 4.5), to: Float64Array.of(4.5, 5.5) });
  expect(hatchedSpans(window, time)).toEqual([
    { span: [0.5, 1.5], why: 'not read: these rows fill no segment' },
  ]);
});

test('steps that the gradient does not reach are hatched, and those beyond a truncated line are a band: absent, and not zero', () => {
  const columns = {
    step: Int32Array.of(0, 1, 2),
    steps: Int32Array.of(1, 1, 1),
    row: Int32Array.of(0, 1, 2),
    end: Int32Array.of(1, 2, 4),
  };
  const cut = (truncated: number) =>
    truncatedSpans({ header: { truncated }, columns } as unknown as InsideStatesFrame, window);
  expect(cut(0)).toEqual([]);
  // The third cell begins behind the second row.
  expect(cut(2)).toEqual([
    { span: [0.5, 3], why: 'training cut the gradient off: it does not reach these steps' },
  ]);
  const places = (absent: number) => ({ places: [{ hidden: [1, 0.5, 0.2], absent }] as never });
  expect(absentLags(places(0))).toEqual([]);
  expect(absentLags(places(4))).toEqual([{ at: 2.5, to: 6.5, color: '--hc-ink-3' }]);
});

test('hand and keys make edits, and those of one row add up', () => {
  const on = { tool: 'move', input: 'level', reach: 2 } as const;
  const drag = { from: { row: 5, y: 1 }, to: { row: 3, y: 2.5 } };
  const move = { kind: 'move', input: 'level', row: 5, by: 1.5, reach: 2 } as const;
  expect(editOfDrag(on, drag)).toEqual(move);
  expect(editOfDrag({ ...on, tool: 'erase' }, drag)).toEqual({ kind: 'erase', from: 3, end: 6 });
  const pressed = (key: string, isShifted = false) => editOfKey(on, { key, row: 5, isShifted, span: 40 });
  expect(pressed('ArrowUp')).toEqual({ ...move, by: 1 });
  expect(pressed('ArrowDown', true)).toEqual({ ...move, by: -5 });
  expect(pressed('Delete')).toEqual({ kind: 'erase', from: 5, end: 6 });
  expect(pressed('x')).toBeNull();
  const up = pressed('ArrowUp')!;
  expect(withEdit([up], up)).toEqual([{ ...move, by: 2 }]);
  expect(withEdit([up], pressed('ArrowDown')!)).toEqual([]);
  expect(withEdit([pressed(']')!], pressed(']')!)).toEqual([{ kind: 'shift', rows: 2 }]);
  expect(withEdit([up], { ...move, row: 6 })).toHaveLength(2);
  expect(withEdit([], { ...move, by: 0 })).toEqual([]);
});

test('what an address asks for that there is not is said in a sentence each', () => {
  const about = {
    parts: [{ part: 'test' as const, origins: 9, series: [] }],
    targets: ['level'],
    weights: [{ weights: 'first' as const, epoch: 0 }],
    replay: null,
  };
  const views = [
    { id: 'gates', label: 'Gates' },
    { id: 'attention', label: 'Attention' },
  ];
  const said = (text: string) =>
    notThere(choiceIn(new URLSearchParams(text)), { about, views, shown: views[1]!, isOfWindow: true });
  expect(said('')).toEqual([]);
  expect(said('view=attention&origin=8&target=level&weights=first')).toEqual([]);
  expect(said('view=gates&origin=9&target=rain&weights=best')).toEqual([
    'This model has nothing to show under Gates; Attention is shown instead.',
    'There is no origin 10 in the test part: it has 9, and the last one is shown.',
    'The model does not forecast rain; its first target is shown.',
    'This run has no best weights; its first weights are shown.',
  ]);
  expect(said('weights=4')).toEqual([
    'This run has no epochs to look at before it has ended; its first weights are shown.',
  ]);
});

test('a playback asks for what comes next, and for nothing behind the end', () => {
  const at = (origin: number) => ({ run: 1, weights: 'best', part: 'test', origin }) as const;
  const next = ({ origin }: { readonly origin?: number }) => (origin! < 5 ? at(origin! + 1) : null);
  expect(followersOf(at(1), next)).toEqual([at(2), at(3), at(4)]);
  expect(followersOf(at(4), next)).toEqual([at(5)]);
  expect(followersOf(at(5), next)).toEqual([]);
});

test('the same origin of another run is the one at the same time, in the same series', () => {
  const partOf = (series: string, first: number, origins: number, firstUs: number) => ({
    part: 'test' as const,
    origins: first + origins,
    series: [{ series, first, origins, firstUs, lastUs: firstUs + 10 * (origins - 1) }],
  });
  const of = (...parts: ReturnType<typeof partOf>[]) => ({ parts });
  const one = of(partOf('here', 0, 5, 100));
  const at = (origin: number) => ({ part: 'test' as const, origin });
  expect(sameOrigin(one, one, at(3))).toBe(3);
  expect(sameOrigin(one, of(partOf('here', 7, 4, 120)), at(3))).toBe(8);
  expect(sameOrigin(one, of(partOf('here', 7, 4, 120)), at(0))).toBeNull();
  expect(sameOrigin(one, of(partOf('there', 0, 5, 100)), at(3))).toBeNull();
});

test('a chart of answers begins at the first one', () => {
  const axis = { x: Float64Array.of(5.5, 6.5, 7.5, 8.5), domain: [5, 9] as const };
  const answers = Float32Array.of(Number.NaN, Number.NaN, 1, 2);
  expect(answersFrom(2, axis, answers)).toEqual({
    x: Float64Array.of(7.5, 8.5),
    y: Float32Array.of(1, 2),
    domain: [7, 9],
  });
  // One that answers from the first step on is shown whole.
  expect(answersFrom(0, axis, answers)).toEqual({ x: axis.x, y: answers, domain: axis.domain });
});
