// What the browser finds in video files, one after the other, and some frames of the first one as they will be read.
import { useEffect, useState } from 'react';
import { base64OfBytes } from '../../../../engine/contract/values/base64.ts';
import { HindcastError } from '../../../../engine/contract/values/errors.ts';
import { frameTimes } from './frame-times.ts';
import type { HowTaken } from './pack-frames.ts';
import { openVideo } from './read-frames.ts';
import type { VideoFile } from './video-subject.ts';

export interface Probed {
  readonly video: VideoFile;
  /** Undefined where it cannot be decoded. */
  readonly found?: { readonly width: number; readonly height: number; readonly seconds: number };
  readonly error?: HindcastError;
}

/** Those that were opened so far; all of them at the end. */
export function useProbed(videos: readonly VideoFile[]): readonly Probed[] {
  const [probed, setProbed] = useState<readonly Probed[]>([]);
  useEffect(() => {
    let isWanted = true;
    setProbed([]);
    void (async () => {
      for (const video of videos) {
        const one = await probe(video);
        if (!isWanted) return;
        setProbed((before) => [...before, one]);
      }
    })();
    return () => {
      isWanted = false;
    };
  }, [videos]);
  return probed;
}

async function probe(video: VideoFile): Promise<Probed> {
  try {
    const { width, height, seconds, close } = await openVideo(video);
    close();
    return { video, found: { width, height, seconds } };
  } catch (error) {
    return { video, error: HindcastError.wrap(error, `${video.path} cannot be read`) };
  }
}

const SHOWN = 8;

const addressOf = async (png: Blob): Promise<string> =>
  `data:image/png;base64,${base64OfBytes(new Uint8Array(await png.arrayBuffer()))}`;

/** Addresses of pictures, which hold them: one that is released while its picture loads would be an error in the console. */
export function usePreview(video: VideoFile | undefined, { rate, side }: HowTaken): readonly string[] {
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!video) return;
    const ending = new AbortController();
    const made: string[] = [];
    void (async () => {
      try {
        const opened = await openVideo(video);
        try {
          const times = frameTimes(opened.seconds, rate).slice(0, SHOWN);
          for await (const frame of opened.frames({ times, side, signal: ending.signal }))
            made.push(await addressOf(frame));
          if (!ending.signal.aborted) setAddresses(made);
        } finally {
          opened.close();
        }
      } catch {
        // Its error stands in the list of videos; another choice ends it too.
      }
    })();
    return () => {
      ending.abort();
      setAddresses([]);
    };
  }, [video, rate, side]);
  return addresses;
}
