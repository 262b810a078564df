// Names that a spreadsheet would run as a formula.
import { expect, test } from 'vitest';
import { csvOf } from '../../engine/tables/inside/view.ts';
import { guardQuoted, guardRecord } from '../../engine/words/csv-guard.ts';
import { figuresCsv } from '../../engine/words/labs/figure-tables.ts';

test.each([
  ['=1+1,2', "'=1+1,2"],
  ['a,=cmd|x,b', "a,'=cmd|x,b"],
  ['a,"=HYPERLINK(""x"",""y"")",b', `a,"'=HYPERLINK(""x"",""y"")",b`],
  ['@sum,+a,-b', "'@sum,'+a,'-b"],
  ['\tx,"\rx"', `'\tx,"'\rx"`],
  ['-1.5,+2,-1e-7,-.5,-Infinity', '-1.5,+2,-1e-7,-.5,-Infinity'],
  ['"a,=b",c', '"a,=b",c'],
  ['"a"",=b",=c', `"a"",=b",'=c`],
  ['plain,"quoted ""x""",', 'plain,"quoted ""x""",'],
  ['-', "'-"],
  ['', ''],
])('%j becomes %j', (record, guarded) => expect(guardRecord(record)).toBe(guarded));

test('rows that were set aside are guarded, numbers alone are not', () => {
  const text = '7,"","no number","=1+1"\n8,"","x","-5"\n9,"","x","-5,@a"\n10,"","x","a,""=1"\n';
  expect(guardQuoted(text)).toBe(
    `7,"","no number","'=1+1"\n8,"","x","-5"\n9,"","x","'-5,@a"\n10,"","x","a,""=1"\n`,
  );
});

test('names in the tables of the inside and of labs are guarded', () => {
  const columns = ['=a', 'b'];
  const rows = [
    ['@b', -1],
    ['-2', null],
  ];
  expect(csvOf({ columns, rows } as Parameters<typeof csvOf>[0])).toBe("'=a,b\n'@b,-1\n-2,\n");
  const figures = [{ kind: 'table', title: '+t', columns, rows }];
  expect(figuresCsv({ figures } as unknown as Parameters<typeof figuresCsv>[0])).toBe(
    "figure,'=a,b\n'+t,'@b,-1\n'+t,-2,\n",
  );
});

test('a long cell of digits takes no longer than its length', () => {
  const digits = '1'.repeat(200_000);
  expect(guardRecord(`-${digits}x`)).toBe(`'-${digits}x`);
});
