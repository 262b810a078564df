// Play: a value is dragged by real events of the mouse. From each move to the frame that shows its answer, and of that what passes
// between the question's leaving the page and the answer's arriving there.
import type { Page } from '@playwright/test';
import { medianOf, p95Among, say, sayPlain } from './say.ts';

const DRAGGED = 80;
/** The first moves run code for the first time. */
const WARM = 20;

/** Of one move, milliseconds from it on. */
interface Answer {
  readonly asked: number;
  readonly answered: number;
  readonly drawn: number;
}

/** @param page which shows the view Play of a model of 64 units and 168 steps */
export async function benchDrag(page: Page): Promise<void> {
  const chart = page.getByRole('group', { name: /, as the model reads it, chart$/ });
  const box = (await chart.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const answers: Answer[] = [];
  for (let move = 1; move <= DRAGGED; move++) {
    const shown = page.evaluate(untilShown);
    await page.mouse.move(x, y + offsetOf(move));
    answers.push(await shown);
  }
  await page.mouse.up();
  const warm = answers.slice(WARM);
  const drawn = warm.map((one) => one.drawn);
  say('Play: from the hand to the drawn answer, 64 units, 168 steps', p95Among(drawn), 50);
  sayPlain('  its median', medianOf(drawn), 'ms');
  const parts = {
    '  of it until the question leaves': warm.map(({ asked }) => asked),
    '  of it until the answer is there': warm.map(({ asked, answered }) => answered - asked),
    '  of it until its frame': warm.map(({ answered, drawn }) => drawn - answered),
  };
  for (const [name, times] of Object.entries(parts)) {
    sayPlain(`${name}, the fastest`, Math.min(...times), 'ms');
    sayPlain(`${name}, median`, medianOf(times), 'ms');
    sayPlain(`${name}, 95 % within`, p95Among(times), 'ms');
  }
}

/** Each far enough from the one before that the words of its answer are others. */
const offsetOf = (move: number): number => 1 + ((7 * move) % 40);

/** In the page, before anything is opened: what leaves and arrives is noted with its time. */
export function watchTraffic(): void {
  const noted = { askedAt: 0, answeredAt: 0 };
  Object.assign(globalThis, { noted });
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.includes('inside/play')) noted.askedAt = performance.now();
    send.call(this, data);
  };
  const { addEventListener } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function (this: WebSocket, type: string, ...more: unknown[]) {
    const note = () => {
      if (noted.answeredAt < noted.askedAt) noted.answeredAt = performance.now();
    };
    if (type === 'message') addEventListener.call(this, type, note);
    addEventListener.call(this, type, ...(more as [EventListener]));
  };
}

/** In the page. From the next move of the pointer to the frame after the change is said: the charts are drawn with it. */
function untilShown(): Promise<Answer> {
  const { noted } = globalThis as unknown as { noted: { askedAt: number; answeredAt: number } };
  return new Promise((resolve) => {
    let movedAt = Number.NaN;
    const moved = () => {
      if (Number.isNaN(movedAt)) movedAt = performance.now();
    };
    document.addEventListener('pointermove', moved, { capture: true });
    const words = document.querySelector('p[role="status"]')!;
    const observer = new MutationObserver(() => {
      observer.disconnect();
      document.removeEventListener('pointermove', moved, { capture: true });
      requestAnimationFrame(() =>
        resolve({
          asked: noted.askedAt - movedAt,
          answered: noted.answeredAt - movedAt,
          drawn: performance.now() - movedAt,
        }),
      );
    });
    observer.observe(words, { characterData: true, childList: true, subtree: true });
  });
}
