// Errors quote a file only if it looks like a table, since a client may name any file of this machine.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { importFailure, writeFile } from './support.ts';

const SECRET = 'hunter2';
const FILES: Readonly<Record<string, string>> = {
  'password hashes': `root:$6$${SECRET}:20228:0:99999:7:::\ndaemon:*:20228:0:99999:7:::\nbin:*:20228:0:99999:7:::\n`,
  'a private key': `-----BEGIN ${SECRET}-----\nMIIEpAIBAAKCAQEA\nMIIEpAIBAAKCAQEB\n-----END KEY-----\n`,
  settings: `password=${SECRET}, user=root\nhost=localhost, port=none\nmode=fast, color=red\n`,
  'a repeated word': `${SECRET},${SECRET}\nalpha,beta\ngamma,delta\n`,
};
const OPTIONS: readonly ImportOptions[] = [
  {},
  { timeColumn: 'nothing' },
  { timeColumn: 'column1', timeFormat: '%Y' },
  { timeFormat: '%Y' },
];

for (const [what, content] of Object.entries(FILES)) {
  test(`${what}: refused in a sentence without its words`, async () => {
    for (const options of OPTIONS) {
      const { message, details } = await importFailure(writeFile(content), options);
      expect(`${message} ${JSON.stringify(details)}`).not.toContain(SECRET);
      expect(message).toContain('table.csv');
    }
  });
}

test('a table without times names its columns', async () => {
  const { message } = await importFailure(writeFile('name,v\na,1.5\nb,2\n'));
  expect(message).toContain('"name", "v"');
});
