// Video files that are to be imported: what was chosen or dropped, and what each of them is.

import {
  framesRemedy,
  VIDEO_END_BYTES,
  videoFileKind,
  videoKindText,
} from '../../../../engine/contract/datasets/video-file.ts';
import { HindcastError } from '../../../../engine/contract/values/errors.ts';

export interface VideoFile {
  /** With the folders below the one that was dropped: `cats/1.mp4`. */
  readonly path: string;
  readonly file: File;
}

/** `MP4, H.265`; undefined where the content is that of no video. */
export async function kindOf({ file }: VideoFile): Promise<string | undefined> {
  const first = await latin1(file.slice(0, VIDEO_END_BYTES));
  const last =
    file.size > VIDEO_END_BYTES
      ? await latin1(file.slice(Math.max(VIDEO_END_BYTES, file.size - VIDEO_END_BYTES)))
      : '';
  const kind = videoFileKind(first + last);
  return kind ? videoKindText(kind) : undefined;
}

async function latin1(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += CHUNK)
    text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return text;
}

/** Arguments of one call. */
const CHUNK = 2 ** 15;

/** Names the codec. */
export async function notDecoded(video: VideoFile): Promise<HindcastError> {
  const kind = await kindOf(video);
  const what =
    kind === undefined
      ? 'is no video, or a damaged one'
      : `is a video (${kind}) whose pictures this browser cannot decode`;
  return new HindcastError('file-unreadable', `${video.path} ${what}; ${framesRemedy(video.file.name)}.`);
}
