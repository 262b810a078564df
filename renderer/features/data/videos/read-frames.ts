// Reads frames of a video file with the browser's own decoder: the element is moved from one time to the next, and each frame is drawn in its
// final size.
import { HindcastError } from '../../../../engine/contract/values/errors.ts';
import { type FrameTimes, sizeOfFrames } from './frame-times.ts';
import { notDecoded, type VideoFile } from './video-subject.ts';

export interface OpenVideo {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** PNG files; stops at the signal. @throws HindcastError where a frame cannot be decoded */
  frames(wanted: WantedFrames): AsyncGenerator<Blob, void, void>;
  close(): void;
}

export interface WantedFrames {
  readonly times: FrameTimes;
  /** Pixels of the longer side. */
  readonly side: number;
  readonly signal: AbortSignal;
}

/** @throws HindcastError `file-unreadable` with the codec where this browser cannot decode it */
export async function openVideo(video: VideoFile): Promise<OpenVideo> {
  const element = document.createElement('video');
  element.muted = true;
  element.preload = 'auto';
  const address = URL.createObjectURL(video.file);
  const close = () => {
    element.removeAttribute('src');
    element.load();
    URL.revokeObjectURL(address);
  };
  try {
    element.src = address;
    await happens(element, 'loadeddata', video);
    if (element.videoWidth === 0) throw await notDecoded(video);
    const seconds = await lengthOf(element, video);
    return {
      width: element.videoWidth,
      height: element.videoHeight,
      seconds,
      frames: (wanted) => framesOf(element, video, wanted),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Recordings of browsers do not say how long they are: only their end does. */
const BEYOND_THE_END = 1e9;

async function lengthOf(element: HTMLVideoElement, video: VideoFile): Promise<number> {
  if (Number.isFinite(element.duration)) return element.duration;
  await seek(element, BEYOND_THE_END, video);
  return Number.isFinite(element.duration) ? element.duration : element.currentTime;
}

async function* framesOf(
  element: HTMLVideoElement,
  video: VideoFile,
  { times, side, signal }: WantedFrames,
): AsyncGenerator<Blob, void, void> {
  const { width, height } = sizeOfFrames(element.videoWidth, element.videoHeight, side);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new HindcastError('internal', 'This browser gave no canvas to draw frames on.');
  context.imageSmoothingQuality = 'high';
  for (const time of times) {
    signal.throwIfAborted();
    await seek(element, time, video);
    context.drawImage(element, 0, 0, width, height);
    yield await canvas.convertToBlob({ type: 'image/png' });
  }
}

async function seek(element: HTMLVideoElement, seconds: number, video: VideoFile): Promise<void> {
  if (element.currentTime === seconds && !element.seeking) return;
  const arrived = happens(element, 'seeked', video);
  element.currentTime = seconds;
  await arrived;
}

/** @throws HindcastError `file-unreadable` where the element fails instead */
function happens(element: HTMLVideoElement, event: string, video: VideoFile): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener(
      event,
      () => {
        end.abort();
        resolve();
      },
      { signal },
    );
    element.addEventListener(
      'error',
      () => {
        end.abort();
        notDecoded(video).then(reject, reject);
      },
      { signal },
    );
  });
}
