// What a playback shows next is asked for while this is drawn, so that its answer is there in time.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Target } from './inside-queries.ts';

/** What follows a target; null behind the last one. */
export type Follower = (target: Target) => Target | null;

interface Ahead {
  /** Rising from the next one; none while nothing is played. */
  readonly targets: readonly Target[];
  /** @param follower null: nothing is played any more */
  readonly play: (follower: Follower | null) => void;
}

const Context = createContext<Ahead>({ targets: [], play: () => {} });

/** Targets that are asked for before they are shown: an answer on its way takes longer than a frame. */
const FORESEEN = 3;

interface AheadProviderProps {
  readonly target: Target;
  readonly children: ReactNode;
}

export function AheadProvider({ target, children }: AheadProviderProps) {
  const [follower, setFollower] = useState<Follower | null>(null);
  const play = useCallback((next: Follower | null) => setFollower(() => next), []);
  const key = JSON.stringify(target);
  const ahead = useMemo(
    () => ({ targets: follower ? followersOf(JSON.parse(key) as Target, follower) : [], play }),
    [key, follower, play],
  );
  return <Context value={ahead}>{children}</Context>;
}

/** Exported for its test. */
export function followersOf(target: Target, follower: Follower): Target[] {
  const found: Target[] = [];
  for (let next = follower(target); next && found.length < FORESEEN; next = follower(next)) found.push(next);
  return found;
}

/** Says what a playback goes through. */
export function useAheadOf(isPlaying: boolean, follower: Follower): void {
  const { play } = useContext(Context);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the follower of the playback's start counts; a later one says the same
  useEffect(() => {
    if (!isPlaying) return;
    play(follower);
    return () => play(null);
  }, [isPlaying, play]);
}

/** @param ask the question that is asked of each target ahead */
export function useAsked(ask: (queries: QueryClient, next: Target) => Promise<void>): void {
  const queries = useQueryClient();
  const { targets } = useContext(Context);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked changes with the targets
  useEffect(() => {
    for (const next of targets) void ask(queries, next);
  }, [targets, queries]);
}
