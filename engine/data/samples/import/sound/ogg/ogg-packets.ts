// The packets of the first stream in an Ogg file (RFC 3533).
export interface OggStream {
  readonly packets: readonly Uint8Array[];
  /** Samples up to the end of the last page, as it says; 0: not known. */
  readonly samples: number;
}

const HEADER_BYTES = 27;
const CONTINUED = 1;

/** Damaged pages at the end are left out. @throws RangeError where the file does not begin with a page */
export function oggPackets(data: Buffer): OggStream {
  if (!isPage(data, 0)) throw new RangeError('its beginning is not that of one');
  const serial = data.readUInt32LE(14);
  const packets: Uint8Array[] = [];
  let pieces: Uint8Array[] = [];
  let samples = 0;
  for (let at = 0; isPage(data, at); ) {
    const segments = data.subarray(at + HEADER_BYTES, at + HEADER_BYTES + data[at + 26]!);
    let from = at + HEADER_BYTES + segments.length;
    const end = from + segments.reduce((sum, size) => sum + size, 0);
    if (end > data.length) break;
    if (data.readUInt32LE(at + 14) === serial) {
      if ((data[at + 5]! & CONTINUED) === 0) pieces = [];
      for (const size of segments) {
        pieces.push(data.subarray(from, from + size));
        from += size;
        // A packet ends with a segment that is not full.
        if (size === 255) continue;
        packets.push(Buffer.concat(pieces));
        pieces = [];
      }
      const position = data.readBigInt64LE(at + 6);
      if (position > 0n) samples = Number(position);
    }
    at = end;
  }
  return { packets, samples };
}

const isPage = (data: Buffer, at: number): boolean =>
  at + HEADER_BYTES <= data.length && data.toString('latin1', at, at + 4) === 'OggS';
