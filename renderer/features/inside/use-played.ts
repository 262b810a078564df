// What the model says of a window while a hand changes it. A question leaves from the hand's own event, not from a rendering after it.

import { useEffect, useMemo, useState } from 'react';
import { type AttentionChoice, InsideAttentionFrame } from '../../../engine/contract/inside/attention.ts';
import type { Edit } from '../../../engine/contract/inside/edits.ts';
import {
  InsideStatesFrame,
  InsideWindowFrame,
  type StatesChoice,
} from '../../../engine/contract/inside/states.ts';
import type { FrameAnswer } from '../../../engine/contract/values/frame-answer.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import type { Target } from './inside-queries.ts';
import { createNewest } from './newest-question.ts';

interface PlayedAsk {
  readonly target: Target;
  /** Of the weights: with others every answer is another one. */
  readonly version: string;
  /** Null: the model has none. */
  readonly states: Partial<StatesChoice> | null;
  readonly attention: Partial<AttentionChoice> | null;
}

export interface PlayedFrames {
  readonly window: InsideWindowFrame;
  readonly states: InsideStatesFrame | null;
  readonly attention: InsideAttentionFrame | null;
}

interface Shown {
  /** Null before the first answer. The one before stays while the next is on its way. */
  readonly frames: PlayedFrames | null;
  readonly error: unknown;
}

interface Played extends Shown {
  /** Of edits that are not kept yet. */
  ask(edits: readonly Edit[]): void;
}

/** @param made the edits that are kept */
export function usePlayed(asked: PlayedAsk, made: readonly Edit[]): Played {
  const engine = useEngine();
  const [shown, show] = useState<Shown>({ frames: null, error: null });
  const key = JSON.stringify(asked);
  const newest = useMemo(() => {
    const { target, states, attention } = JSON.parse(key) as PlayedAsk;
    return createNewest<readonly Edit[], PlayedFrames>({
      async ask(edits, signal) {
        const question = { ...target, ...(edits.length > 0 && { edits }), states, attention };
        return framesOf(await engine.inside.play(question, { signal }));
      },
      onAnswer: (frames) => show({ frames, error: null }),
      onError: (error) => show({ frames: null, error }),
    });
  }, [engine, key]);
  useEffect(() => () => newest.stop(), [newest]);
  useEffect(() => newest.ask(made), [newest, made]);
  return { ...shown, ask: newest.ask };
}

interface Answers {
  readonly window: FrameAnswer;
  readonly states: FrameAnswer | null;
  readonly attention: FrameAnswer | null;
}

async function framesOf({ window, states, attention }: Answers): Promise<PlayedFrames> {
  return {
    window: await InsideWindowFrame.fromAnswer(window),
    states: states && (await InsideStatesFrame.fromAnswer(states)),
    attention: attention && (await InsideAttentionFrame.fromAnswer(attention)),
  };
}
