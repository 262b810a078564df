// The microphone as a button uses it: one click begins a recording, the next one ends it.
import { useEffect, useRef, useState } from 'react';
import { type Recorded, type Recorder, startRecording } from './recording.ts';

export interface RecorderState {
  readonly isRecording: boolean;
  /** A recording that ends before the first sound is empty. */
  readonly hasSound: boolean;
  /** Why the last one could not begin or end; null where it could. */
  readonly error: unknown;
}

const AT_REST: RecorderState = { isRecording: false, hasSound: false, error: null };

/** A recording that is under way when the component goes is thrown away, and the microphone is free again. */
export function useRecorder(onRecorded: (recorded: Recorded) => Promise<void> | void) {
  const [state, setState] = useState(AT_REST);
  const recorder = useRef<Recorder | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      throwAway(recorder.current);
    };
  }, []);
  async function begin(): Promise<void> {
    setState(AT_REST);
    const begun = await startRecording(() => setState((now) => ({ ...now, hasSound: true })));
    // The question may be answered when nobody waits for it any more.
    if (isGone.current) return throwAway(begun);
    recorder.current = begun;
    setState((now) => ({ ...now, isRecording: true }));
  }
  async function end(current: Recorder): Promise<void> {
    recorder.current = null;
    setState(AT_REST);
    await onRecorded(await current.stop());
  }
  const isAsked = useRef(false);
  /** A second click while the user is asked for the microphone does nothing. */
  async function toggle(): Promise<void> {
    if (isAsked.current) return;
    const { current } = recorder;
    isAsked.current = !current;
    try {
      await (current ? end(current) : begin());
    } catch (error) {
      setState({ ...AT_REST, error });
    } finally {
      if (!current) isAsked.current = false;
    }
  }
  return { ...state, toggle };
}

const throwAway = (recorder: Recorder | null): void => void recorder?.stop().catch(() => undefined);
