// Video files by their content: which container it is, and how the pictures in it are coded. For the import, which reads none of them, and for
// the window, which reads those that its browser decodes.

export interface VideoFileKind {
  /** `MP4` */
  readonly container: string;
  /** `H.264`; null where it is none that is known. */
  readonly codec: string | null;
}

interface Container {
  readonly name: string;
  matches(head: string): boolean;
}

const CONTAINERS: readonly Container[] = [
  { name: 'MP4', matches: (head) => head.startsWith('ftyp', 4) },
  { name: 'WebM', matches: (head) => head.startsWith('\x1a\x45\xdf\xa3') },
  { name: 'AVI', matches: (head) => head.startsWith('RIFF') && head.startsWith('AVI ', 8) },
];

/** Signs in the description of a track. */
const CODECS: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'H.265',
  hev1: 'H.265',
  vp08: 'VP8',
  vp09: 'VP9',
  av01: 'AV1',
  mp4v: 'MPEG-4',
  apcn: 'ProRes',
  apch: 'ProRes',
  apcs: 'ProRes',
  apco: 'ProRes',
  ap4h: 'ProRes',
  V_VP8: 'VP8',
  V_VP9: 'VP9',
  V_AV1: 'AV1',
  'V_MPEG4/ISO/AVC': 'H.264',
  'V_MPEGH/ISO/HEVC': 'H.265',
  XVID: 'MPEG-4',
  FMP4: 'MPEG-4',
  DX50: 'MPEG-4',
  H264: 'H.264',
  MJPG: 'Motion JPEG',
  jpeg: 'Motion JPEG',
};

/** Bytes at each end of a file in one of which the description of its tracks stands. */
export const VIDEO_END_BYTES = 2 ** 20;

/** Endings of the names of such files, without the dot. */
export const VIDEO_ENDINGS = ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'avi'] as const;

export const isVideoName = (name: string): boolean =>
  VIDEO_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`));

/** @param ends the first bytes of a file and its last ones, a character each; null where that is no video */
export function videoFileKind(ends: string): VideoFileKind | null {
  const container = CONTAINERS.find((one) => one.matches(ends));
  if (!container) return null;
  const codec = Object.entries(CODECS).find(([sign]) => ends.includes(sign))?.[1] ?? null;
  return { container: container.name, codec };
}

/** `MP4, H.265` */
export const videoKindText = ({ container, codec }: VideoFileKind): string =>
  codec === null ? container : `${container}, ${codec}`;

/** What helps where a video cannot be decoded. */
export const framesRemedy = (file: string): string =>
  `save its frames as numbered pictures or as a GIF (for example: ffmpeg -i ${file} -vf fps=10 frames/%04d.png), and import the folder as frames`;
