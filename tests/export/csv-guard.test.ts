// Names that a spreadsheet would run as a formula.
import { expect, test } from 'vitest';
import { guardRecord } from '../../engine/export/csv-guard.ts';

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
