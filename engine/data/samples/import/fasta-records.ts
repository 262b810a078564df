// Records of FASTA and FASTQ files.
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';

export interface SequenceRecord {
  /** The first word of the header, up to a bar. */
  readonly name: string;
  /** The whole header without its first sign. */
  readonly header: string;
  readonly letters: string;
  /** FASTQ: a sign a letter. */
  readonly quality?: string | undefined;
  /** From 1. */
  readonly line: number;
}

interface Records {
  readonly records: SequenceRecord[];
  readonly setAside: SetAsideRow[];
}

/** Bases and amino acids with their IUPAC codes, a gap and a stop. */
const LETTERS = /^[A-Z*.-]+$/;

interface Line {
  readonly text: string;
  readonly line: number;
}

const linesOf = (text: string): Line[] =>
  text.split(/\r\n|\r|\n/).map((one, index) => ({ text: one.trimEnd(), line: index + 1 }));

/** Lines that begin with `;` are comments. */
export function readFastaRecords(text: string): Records {
  const found: Records = { records: [], setAside: [] };
  let header: Line | null = null;
  let letters: string[] = [];
  const finish = () => {
    if (header)
      add(found, { header: header.text.slice(1).trim(), letters: letters.join(''), line: header.line });
  };
  for (const line of linesOf(text)) {
    if (line.text === '' || line.text.startsWith(';')) continue;
    if (line.text.startsWith('>')) {
      finish();
      header = line;
      letters = [];
    } else if (header) letters.push(line.text.replace(/\s+/g, ''));
    else
      found.setAside.push({
        line: line.line,
        column: null,
        reason: 'it stands before the first header',
        raw: line.text,
      });
  }
  finish();
  return found;
}

/** Sequence and qualities may take several lines each: there are as many qualities as letters. */
export function readFastqRecords(text: string): Records {
  const found: Records = { records: [], setAside: [] };
  const lines = linesOf(text);
  let at = 0;
  while (at < lines.length) {
    const header = lines[at]!;
    at += 1;
    if (header.text === '') continue;
    if (!header.text.startsWith('@')) {
      found.setAside.push({
        line: header.line,
        column: null,
        reason: 'a record begins with @, and this line does not',
        raw: header.text,
      });
      continue;
    }
    let letters = '';
    while (at < lines.length && !lines[at]!.text.startsWith('+')) letters += lines[at++]!.text.trim();
    at += 1;
    let quality = '';
    // A line that would be too long for the rest begins the next record.
    for (; at < lines.length && quality.length < letters.length; at++) {
      const { text: more } = lines[at]!;
      if (quality !== '' && quality.length + more.length > letters.length) break;
      quality += more;
    }
    if (quality.length === letters.length)
      add(found, { header: header.text.slice(1).trim(), letters, quality, line: header.line });
    else {
      const reason = `it has ${letters.length} letters and ${quality.length} qualities`;
      found.setAside.push({ line: header.line, column: 'sequence', reason, raw: header.text });
    }
  }
  return found;
}

/** `P12345` of `sp|P12345|NAME_HUMAN`: a databank stands before its own name. */
const OF_A_DATABANK = /^(?:sp|tr|ref|gi|gb|emb|dbj|pdb|lcl)\|/;

const nameIn = (header: string): string | undefined => header.replace(OF_A_DATABANK, '').split(/[\s|]/)[0];

function add({ records, setAside }: Records, found: Omit<SequenceRecord, 'name'>): void {
  const letters = found.letters.toUpperCase();
  const name = nameIn(found.header) || `sequence ${records.length + setAside.length + 1}`;
  const strange = /[^A-Z*.-]/.exec(letters)?.[0];
  const aside = (reason: string) =>
    setAside.push({ line: found.line, column: 'sequence', reason, raw: `${found.header}` });
  if (letters === '') aside('it has no letters');
  else if (!LETTERS.test(letters)) aside(`"${strange}" is no letter of a sequence`);
  else records.push({ ...found, name, letters });
}
