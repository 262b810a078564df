// Numbers, times and tables as they are printed.
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDataTime,
  formatDuration,
  formatLeft,
  formatNumber,
  formatScore,
  formatTime,
} from '../../../engine/hosts/cli/text/format.ts';
import { forJson, jsonText } from '../../../engine/hosts/cli/text/json-output.ts';
import { renderFacts, renderTable } from '../../../engine/hosts/cli/text/table.ts';
import { isoTime } from '../../../engine/words/iso-time.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [12.3, '12.30'],
    [0.00012345, '0.0001234'],
    [0.000012345, '0.00001234'],
    [-1234.56, '-1,235'],
    [931800000, '931,800,000'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [null, '–'],
  ])('%s is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('scores keep 4 digits so that columns line up', () => {
    expect([0, 61, 41.5, 0.0198, 1234.5].map(formatScore)).toEqual([
      '0.000',
      '61.00',
      '41.50',
      '0.01980',
      '1,235',
    ]);
    expect([null, Number.NaN, Number.POSITIVE_INFINITY].map(formatScore)).toEqual(['–', 'NaN', 'Infinity']);
  });

  it.each([
    [0.0004, '0 ms'],
    [0.85, '850 ms'],
    [0.9996, '1 s'],
    [59.4, '59 s'],
    [59.6, '1 m'],
    [80, '1 m 20 s'],
    [3599.7, '1 h'],
    [7500, '2 h 5 m'],
    [100 * 3600, '4 d 4 h'],
    [Number.NaN, '–'],
    [null, '–'],
  ])('%s seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [0.024, 'under 1 s left'],
    [0.9996, '1 s left'],
    [80, '1 m 20 s left'],
  ])('%s seconds to go are %s', (seconds, text) => expect(formatLeft(seconds)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_345_678, '12.3 MB'],
    [999_950, '1.0 MB'],
    [123_456_789_000, '123 GB'],
  ])('%s bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('times', () => {
  it('are local with their zone for people, summer time included', () => {
    expect(formatTime(Date.UTC(2026, 10, 22, 20, 14))).toBe('2026-11-22 15:14 -05:00');
    expect(formatTime(Date.UTC(2026, 6, 1, 3, 5))).toBe('2026-06-30 23:05 -04:00');
    expect(formatTime(null)).toBe('–');
  });

  it('of data are in UTC and no longer than needed', () => {
    const day = Date.UTC(2000, 0, 3) * 1000;
    expect(formatDataTime(day)).toBe('2000-01-03');
    expect(formatDataTime(day + 14 * 3_600_000_000)).toBe('2000-01-03 14:00 UTC');
    expect(formatDataTime(day + 1_500_000)).toBe('2000-01-03 00:00:01.5 UTC');
  });

  it('keep microseconds, before 1970 too', () => {
    expect(isoTime(0n)).toBe('1970-01-01T00:00:00Z');
    expect(isoTime(-1n)).toBe('1969-12-31T23:59:59.999999Z');
    expect(isoTime(1_000_001n)).toBe('1970-01-01T00:00:01.000001Z');
  });
});

describe('JSON', () => {
  it('has ISO times in UTC under names without units, and leaves configurations alone', () => {
    const value = {
      createdAtMs: 0,
      endedAtMs: null,
      parts: [{ fromUs: 1_000_000, toUs: null, stepUs: 5 }],
      configuration: { createdAtMs: 0 },
      value: Number.NaN,
    };
    expect(forJson(value)).toEqual({
      createdAt: '1970-01-01T00:00:00.000Z',
      endedAt: null,
      parts: [{ from: '1970-01-01T00:00:01Z', to: null, stepUs: 5 }],
      configuration: { createdAtMs: 0 },
      value: Number.NaN,
    });
    expect(JSON.parse(jsonText(value)).value).toBeNull();
    expect(jsonText(undefined)).toBe('null');
  });
});

describe('tables', () => {
  const columns = [
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true },
    { header: 'LOSS', right: true },
  ];
  const rows = [
    ['3', 'short', '0.1250'],
    ['12', 'a rather long name for a run', '1,235'],
  ];

  it('align numbers to the right', () => {
    expect(renderTable(columns, rows)).toBe(
      [
        'RUN  NAME                            LOSS',
        '  3  short                         0.1250',
        ' 12  a rather long name for a run   1,235',
      ].join('\n'),
    );
  });

  it('cut names where the terminal is narrow', () => {
    expect(renderTable(columns, rows, { width: 25 })).toBe(
      ['RUN  NAME            LOSS', '  3  short         0.1250', ' 12  a rather lo…   1,235'].join('\n'),
    );
  });

  it('never cut numbers while a name can be cut', () => {
    expect(
      renderTable([{ header: 'A', cut: true }, { header: 'LONG' }], [['a long name', '123456789012345']], {
        width: 25,
      }),
    ).toBe(['A         LONG', 'a long …  123456789012345'].join('\n'));
  });

  it('cut whole lines where nothing else is left', () => {
    const lines = renderTable(columns, rows, { width: 12 }).split('\n');
    expect(lines).toEqual(['RUN  NAME  …', '  3  short …', ' 12  a rat……']);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(12);
  });

  it('dim the header where asked, and keep control characters out', () => {
    expect(renderTable([{ header: 'A' }], [['x\u001b[31m\ny']], { dim: true })).toBe(
      '\u001b[2mA\u001b[22m\nx [31m y',
    );
  });

  it('name facts in a column', () => {
    expect(
      renderFacts([
        ['Run', '3'],
        ['Protocol', 'f00d'],
      ]),
    ).toBe('Run       3\nProtocol  f00d');
  });
});
