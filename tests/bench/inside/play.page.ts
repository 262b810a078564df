// In a page: what answers a hand in Play, computed by the kernels in the page itself instead of a resident process.
import { answered } from './played.ts';

Object.assign(globalThis, { answered });
