// The progress of a run: computed from its events, and printed as lines on stderr.
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../engine/contract/api/events.ts';
import { RunIdSchema } from '../../../engine/contract/values/ids.ts';
import { mergeInterrupts } from '../../../engine/hosts/cli/interrupts.ts';
import {
  advance,
  bar,
  epochLine,
  noteOf,
  progressLine,
  progressOf,
} from '../../../engine/hosts/cli/watch/progress.ts';
import { createProgressDisplay } from '../../../engine/hosts/cli/watch/progress-display.ts';
import { cannedRun, summaryOf } from './canned.ts';
import { fakeTerminal } from './fake-terminal.ts';

const runId = RunIdSchema.parse(3);
const start = progressOf(
  summaryOf(
    cannedRun({
      epoch: 0,
      totalEpochs: 20,
      step: 0,
      totalSteps: null,
      lastTrainLoss: null,
      lastValidationLoss: null,
      bestValidationLoss: null,
      bestEpoch: null,
    }),
  ),
);
const EVENTS: EventBody[] = [
  { type: 'run.started', runId, attempt: 1, fromStep: 0 },
  { type: 'run.prepared', runId, parameterCount: 4645, totalSteps: 2220, backend: 'simd' },
  { type: 'run.progressed', runId, step: 50, totalSteps: 2220, epoch: 1, trainLoss: 0.5, secondsLeft: 80 },
  { type: 'run.epochEnded', runId, epoch: 1, step: 111, trainLoss: 0.25, validationLoss: 0.3, best: true },
  { type: 'run.epochEnded', runId, epoch: 2, step: 222, trainLoss: 0.125, validationLoss: 0.35, best: false },
  {
    type: 'run.progressed',
    runId,
    step: 310,
    totalSteps: 2220,
    epoch: 3,
    trainLoss: 0.0123,
    secondsLeft: 79.6,
  },
];
const progressAfter = (count: number) => EVENTS.slice(0, count).reduce(advance, start);

describe('progress', () => {
  it('follows the events', () => {
    expect(progressAfter(6)).toEqual({
      runId: 3,
      epoch: 3,
      totalEpochs: 20,
      step: 310,
      totalSteps: 2220,
      trainLoss: 0.0123,
      validationLoss: 0.35,
      bestValidationLoss: 0.3,
      bestEpoch: 1,
      secondsLeft: 79.6,
    });
  });

  it('goes back to the checkpoint where a run resumes', () => {
    expect(
      advance(progressAfter(6), { type: 'run.started', runId, attempt: 2, fromStep: 222 }),
    ).toMatchObject({
      step: 222,
      bestEpoch: 1,
      secondsLeft: null,
    });
  });

  it('is a line that leaves out what matters least where it is narrow', () => {
    const line = (width: number) => progressLine(progressAfter(6), width);
    expect(line(200)).toBe(
      'epoch 3/20  ██░░░░░░░░░░░░░░  step 310/2,220  loss 0.01230  validation 0.3500  best 0.3000 (epoch 1)  1 m 20 s left',
    );
    expect(line(92)).toBe(
      'epoch 3/20  ██░░░░░░░░░░░░░░  step 310/2,220  loss 0.01230  validation 0.3500  1 m 20 s left',
    );
    expect(line(80)).toBe('epoch 3/20  step 310/2,220  loss 0.01230  validation 0.3500  1 m 20 s left');
    expect(line(45)).toBe('epoch 3/20  loss 0.01230  1 m 20 s left');
    expect(line(30)).toBe('epoch 3/20  loss 0.01230');
    expect(line(5)).toBe('epoch');
    expect(line(Number.POSITIVE_INFINITY)).not.toContain('█');
  });

  it('is short before anything is known', () => {
    expect(progressLine(start, 100)).toBe('epoch 0/20  step 0');
  });

  it('says after an epoch whether it was the best', () => {
    expect(epochLine(progressAfter(4))).toBe(
      'epoch 1/20  loss 0.2500  validation 0.3000  best so far  1 m 20 s left',
    );
    expect(epochLine(progressAfter(5))).toBe('epoch 2/20  loss 0.1250  validation 0.3500  1 m 20 s left');
  });

  it('has a bar from empty to full', () => {
    expect([0, 0.5, 0.999, 1, 1.5, -1].map((fraction) => bar(fraction, 4))).toEqual([
      '░░░░',
      '██░░',
      '███░',
      '████',
      '████',
      '░░░░',
    ]);
  });

  it('has sentences for what people should hear of', () => {
    const notes: [EventBody, string | null][] = [
      [{ type: 'run.queued', runId, position: 1 }, null],
      [{ type: 'run.queued', runId, position: 2 }, 'Run 3 waits in the queue at position 2.'],
      [{ type: 'run.started', runId, attempt: 2, fromStep: 1222 }, 'Run 3 resumes from step 1,222.'],
      [EVENTS[1]!, 'Training run 3: 4,645 parameters, at most 2,220 steps, backend simd.'],
      [{ type: 'run.paused', runId, reason: 'The disk is full.' }, 'Run 3 is paused: The disk is full.'],
      [EVENTS[2]!, null],
    ];
    for (const [body, note] of notes) expect(noteOf(body)).toBe(note);
  });
});

describe('the display', () => {
  it('redraws one line on a terminal, ten times a second at most', () => {
    const terminal = fakeTerminal({ isTerminal: true, width: 31 });
    const display = createProgressDisplay(terminal);
    display.show(progressAfter(3), false);
    terminal.advance(50);
    display.show(progressAfter(6), false);
    terminal.advance(60);
    display.show(progressAfter(6), false);
    display.note('A note.');
    display.clear();
    expect(terminal.stderr().split('\r')).toEqual([
      '',
      'epoch 1/20  loss 0.5000\u001b[K',
      'epoch 3/20  loss 0.01230\u001b[K',
      '\u001b[KA note.\n',
    ]);
  });

  it('writes a line for each epoch and every five seconds elsewhere', () => {
    const terminal = fakeTerminal();
    const display = createProgressDisplay(terminal);
    display.show(progressAfter(3), false);
    terminal.advance(5000);
    display.show(progressAfter(3), false);
    display.show(progressAfter(3), false);
    display.show(progressAfter(4), true);
    display.clear();
    expect(terminal.stderr()).toBe(
      'epoch 1/20  step 50/2,220  loss 0.5000  1 m 20 s left\nepoch 1/20  loss 0.2500  validation 0.3000  best so far  1 m 20 s left\n',
    );
  });
});

describe('one key press', () => {
  it('counts once, however many processes pass it on', () => {
    let nowMs = 0;
    const seen: number[] = [];
    const press = mergeInterrupts(
      () => void seen.push(nowMs),
      () => nowMs,
    );
    for (nowMs of [1000, 1001, 1100, 1300, 1301]) press('SIGINT');
    expect(seen).toEqual([1000, 1300]);
  });
});
