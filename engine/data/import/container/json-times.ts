// Whether JSON holds series, judged by its first bytes: objects of texts with labels have no times.
import { open } from 'node:fs/promises';
import { looksLikeTime } from '../time/time-candidates.ts';

const HEAD_BYTES = 1 << 16;
const JSON_START = /^\ufeff?\s*[[{]/;
/** A name and a value, a time as text or as a number of milliseconds or seconds. */
const FIELD = /"([^"\\]{1,60})"\s*:\s*(?:"([^"\\]{4,40})"|(\d{9,19}(?:\.\d+)?))/g;
/** Times that begin lists: `"index": ["2024-01-01"`, `"values": [[1704067200`. */
const LISTED = /"[^"\\]{1,60}"\s*:\s*\[\s*\[?\s*(?:"([^"\\]{8,40})"|(1[0-9]{9}(?:[0-9]{3})?)(?=[.,]))/g;
const TIME_NAME = /time|date|stamp|start|^(t|ts|ds|dt|x)$/i;
const TEXT_NAMES = /"(text|label|sentence|review|content|message)"\s*:/i;
const SERIES = /"(target|time|timestamp|hourly|daily|prices)"\s*:\s*[[{]/;

/** False for what is no JSON. */
export async function holdsTimes(path: string): Promise<boolean> {
  try {
    await using handle = await open(path, 'r');
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, 0);
    const text = buffer.toString('utf8', 0, bytesRead);
    if (!JSON_START.test(text) || TEXT_NAMES.test(text)) return false;
    if (SERIES.test(text) || /^\ufeff?\s*\[\s*\[/.test(text)) return true;
    const times = [...text.matchAll(FIELD)].filter(
      ([, name = '', word, number]) =>
        (number !== undefined && TIME_NAME.test(name)) ||
        (word !== undefined && (looksLikeTime(word) || word.startsWith('/Date('))),
    );
    const listed = [...text.matchAll(LISTED)].some(
      ([, word, number]) => number !== undefined || looksLikeTime(word ?? ''),
    );
    return listed || times.length > 1 || /"\d{4}-\d{2}-\d{2}[^"]*"\s*:/.test(text);
  } catch {
    return false;
  }
}
