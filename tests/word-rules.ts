// Words that a reader stumbles over, each with a plainer one. Comments, texts and documents may not contain them.
// As a program, over this project: a part of `npm run check`. `tests/word-rules.test.ts` proves that the rules find violations.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');

/** A pattern of files that matches few of them proves nothing. */
const FEWEST_FILES = 800;

interface WordRule {
  readonly word: RegExp;
  /** What to write instead. */
  readonly instead: string;
}

const RULES: readonly WordRule[] = [
  { word: /\bwho(so)?ever\b/i, instead: 'the noun' },
  { word: /\b(some|any)body('s)?\b/i, instead: 'the noun: a user, a client, a process' },
  { word: /\banew\b/i, instead: 'again' },
  { word: /\b(told|tells?) off\b|\bcall(s|ed)? off\b/i, instead: 'cancel' },
  { word: /\bparted\b/i, instead: 'split' },
  { word: /\b(goes|went) on\b/i, instead: 'continues, or resumes' },
  { word: /\b(makes?|let) (it|\w+ \w+) fall\b(?! (back|below|under))/i, instead: 'crash' },
  { word: /\b(mend|mends|mended)\b/i, instead: 'fix, or repair' },
  { word: /\bso many\b/i, instead: 'the name of the number' },
  { word: /\blets? go\b/i, instead: 'release' },
  { word: /\bleaves? word\b/i, instead: 'keeps the address' },
  { word: /\bturned round\b/i, instead: 'transposed, or reversed' },
  { word: /\byardstick\b/i, instead: 'reference' },
  { word: /\bAs detected\b/, instead: 'Detected: ...' },
  {
    word: /\b(no such|every|each|that|which|first|one) places?\b|\bplaces? (among|in the (queue|list|order))\b/i,
    instead: 'index, position, path or screen',
  },
];

interface FoundWord {
  readonly path: string;
  readonly line: number;
  readonly word: string;
  readonly instead: string;
}

/** Of a source file: comments and texts. Of a document: all of it. */
export function wordViolations(files: Readonly<Record<string, string>>): FoundWord[] {
  return Object.entries(files).flatMap(([path, text]) =>
    proseOf(path, text).flatMap(({ start, prose }) =>
      violationsOf(prose, (at) => lineOf(text, start + at), path),
    ),
  );
}

function violationsOf(prose: string, lineAt: (at: number) => number, path: string): FoundWord[] {
  return RULES.flatMap(({ word, instead }) =>
    [...prose.matchAll(new RegExp(word, `${word.flags}g`))].map((found) => ({
      path,
      line: lineAt(found.index),
      word: found[0],
      instead,
    })),
  );
}

interface Prose {
  readonly start: number;
  readonly prose: string;
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** A text of one word is a name or a value, not prose. */
const isProse = (text: string): boolean => text.trim().includes(' ');

function proseOf(path: string, text: string): Prose[] {
  if (path.endsWith('.md')) return [{ start: 0, prose: text }];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: Prose[] = [];
  const seen = new Set<number>();
  const addComments = (at: number): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, at) ?? []) {
      if (seen.has(pos)) continue;
      seen.add(pos);
      found.push({ start: pos, prose: text.slice(pos, end) });
    }
  };
  const visit = (node: ts.Node): void => {
    addComments(node.getFullStart());
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
    if (isText && isProse(node.text))
      found.push({ start: node.getStart(source), prose: node.getText(source) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  addComments(source.endOfFileToken.getFullStart());
  return found;
}

/** Sources and documents of the project by path. */
function projectProse(): Record<string, string> {
  const paths = globSync(
    ['{engine,electron,renderer,tests,bin,licences}/**/*.{ts,tsx,js,mjs}', '*.md', '*.ts', 'docs/*.md'],
    { cwd: ROOT, exclude: ['**/generated/**', 'tests/word-rules*.ts'] },
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

if (import.meta.main) {
  const files = projectProse();
  const violations = wordViolations(files);
  for (const { path, line, word, instead } of violations) {
    process.stderr.write(`plain-words: ${path}:${line} says "${word}"; write ${instead}\n`);
  }
  const count = Object.keys(files).length;
  if (count < FEWEST_FILES) process.stderr.write(`only ${count} files were seen: the rules check nothing\n`);
  process.exitCode = violations.length > 0 || count < FEWEST_FILES ? 1 : 0;
}
