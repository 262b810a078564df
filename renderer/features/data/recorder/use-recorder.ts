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
  useEffect(() => () => void recorder.current?.stop().catch(() => undefined), []);
  async function begin(): Promise<void> {
    setState(AT_REST);
    recorder.current = await startRecording(() => setState((now) => ({ ...now, hasSound: true })));
    setState((now) => ({ ...now, isRecording: true }));
  }
  async function end(current: Recorder): Promise<void> {
    recorder.current = null;
    setState(AT_REST);
    await onRecorded(await current.stop());
  }
  async function toggle(): Promise<void> {
    try {
      await (recorder.current ? end(recorder.current) : begin());
    } catch (error) {
      setState({ ...AT_REST, error });
    }
  }
  return { ...state, toggle };
}
