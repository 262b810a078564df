// Asks for a text piece by piece, so that it appears while it is written and can be cancelled.
import { useEffect, useRef, useState } from 'react';
import type { WritingOptions } from '../../../engine/contract/results/generation.ts';
import { useEngine } from '../../engine/engine-context.tsx';

export interface WrittenToken {
  readonly text: string;
  readonly probability: number;
}

export interface Writing {
  readonly prompt: string;
  readonly tokens: readonly WrittenToken[];
  readonly isWriting: boolean;
  readonly error: unknown;
  start(options: WritingOptions, length: number): void;
  cancel(): void;
}

/** The first ones come at once. */
const FIRST = 8;
const PIECE = 100;

export function useWriting(run: number): Writing {
  const engine = useEngine();
  const [prompt, setPrompt] = useState('');
  const [tokens, setTokens] = useState<readonly WrittenToken[]>([]);
  const [isWriting, setIsWriting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);

  async function write(options: WritingOptions, length: number, signal: AbortSignal): Promise<void> {
    let count = 0;
    while (count < length && !signal.aborted) {
      const wanted = Math.min(count === 0 ? FIRST : PIECE, length - count);
      const piece = await engine.generation.write(
        { ...options, run, from: count, count: wanted },
        { signal },
      );
      if (signal.aborted) return;
      const more = piece.tokens.map((text, index) => ({
        text,
        probability: piece.probabilities[index] ?? 0,
      }));
      setTokens((before) => [...before, ...more]);
      count += wanted;
    }
  }

  return {
    prompt,
    tokens,
    isWriting,
    error,
    start(options, length) {
      under.current?.abort();
      const controller = new AbortController();
      under.current = controller;
      setPrompt(options.prompt);
      setTokens([]);
      setError(null);
      setIsWriting(true);
      write(options, length, controller.signal)
        .catch((cause: unknown) => {
          if (!controller.signal.aborted) setError(cause);
        })
        .finally(() => {
          if (under.current === controller) setIsWriting(false);
        });
    },
    cancel() {
      under.current?.abort();
      setIsWriting(false);
    },
  };
}
