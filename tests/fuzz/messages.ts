// Envelopes and frames that no client sends: random bytes, text that is almost a call, and mutations of real calls. The same seed
// gives the same messages.
import { randomFrom } from './random.ts';

export type Message = string | Uint8Array;

const CALLS = [
  ['/runs/list', {}],
  ['/engine/describe', undefined],
  ['/queue/get', undefined],
  ['/runs/get', { run: 1 }],
  ['/datasets/chart', { dataset: 'none', points: 100 }],
  ['/events/watch', { after: 0 }],
  ['/experiments/check', { configuration: { model: { kind: 'lstm' } } }],
  ['/runs/exportedModel', { folder: '/nowhere' }],
] as const;

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  { json: null },
  '__proto__',
  'http://[',
  '/%',
  '\u0000',
  99,
  3,
  4,
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'text/event-stream' },
  { 'content-disposition': "attachment; filename*=utf-8''%" },
  { json: 1, meta: [[1, 'a', 'b']] },
  { json: {}, meta: [[5, '__proto__']], maps: [['a']] },
  { next: 1 },
]; // prettier-ignore

/** The smallest messages that are no calls. */
export const NO_CALLS: readonly Message[] = [
  'x',
  '',
  '{}',
  'null',
  '[]',
  '1',
  '{"i":"1","p":{}}',
  '{"p":null}',
  '{"i":"1","p":{"u":5}}',
  '{"i":"1","p":{"u":"http://["}}',
  new Uint8Array(),
]; // prettier-ignore

const PLAIN: readonly Message[] = [
  ...NO_CALLS,
  '{"i":"1","t":99,"p":{}}',
  '{"i":"1","t":3}',
  '{"i":"1","t":3,"p":null}',
  '{"i":"1","t":4}',
  '{"i":{},"p":{"u":"/runs/list"}}',
  '{"i":"1","p":{"u":"/runs/list","h":{"content-type":"multipart/form-data; boundary=x"}}}',
  '['.repeat(100_000),
  Uint8Array.of(255),
  Uint8Array.of(123, 125, 255, 1, 2, 3),
]; // prettier-ignore

/** `count` messages of a seed, one after the other. */
export function* malformedMessages(seed: number, count: number): Generator<Message> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;

  function call(index: number): Record<string, unknown> {
    const [path, json] = pick(CALLS);
    return { i: String(index), p: { u: path, b: { json, meta: [] } } };
  }

  /** Puts another value into some field, at whatever depth. */
  function spoil(value: Record<string, unknown>): Record<string, unknown> {
    const keys = Object.keys(value);
    const key =
      random.below(4) === 0 || keys.length === 0 ? pick(['i', 't', 'p', 'u', 'h', 'b', 'm']) : pick(keys);
    const inner = value[key];
    const isDeeper =
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) && random.below(2) === 0;
    return { ...value, [key]: isDeeper ? spoil(inner as Record<string, unknown>) : pick(VALUES) };
  }

  /** Changes, removes or repeats a few characters. */
  function scratch(text: string): string {
    let result = text;
    for (let times = 1 + random.below(4); times > 0; times--) {
      const at = random.below(result.length + 1);
      const added = pick([
        '',
        '"',
        '{',
        '}',
        ',',
        '\\',
        '\u0000',
        String.fromCharCode(random.below(0x1_0000)),
      ]);
      result = result.slice(0, at) + added + result.slice(at + random.below(3));
    }
    return result;
  }

  const kinds: readonly ((index: number) => Message)[] = [
    () => pick(PLAIN),
    () => Uint8Array.from({ length: random.below(200) }, () => random.below(256)),
    (index) => JSON.stringify(spoil(call(index))),
    (index) => JSON.stringify(spoil(spoil(call(index)))),
    (index) => scratch(JSON.stringify(call(index))),
    (index) => new TextEncoder().encode(scratch(JSON.stringify(call(index)))),
  ];
  for (let index = 0; index < count; index++) yield pick(kinds)(index);
}
