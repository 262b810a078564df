// Names that may only be used in their own folder and registry, so that a new kind is a folder and a line in a registry and never
// a branch elsewhere.
// As a program, over this project: a part of `npm run check`. `tests/seam-rules.test.ts` proves that the rules find violations.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { LossSchema } from '../engine/contract/experiment/losses.ts';
import { TASK_SCHEMAS } from '../engine/contract/tasks/registry.ts';
import { BASELINES } from '../engine/evaluation/baselines/registry.ts';
import { METRICS } from '../engine/evaluation/metrics/registry.ts';

const ROOT = join(import.meta.dirname, '..');

/** A pattern of files that matches few of them proves nothing. */
const FEWEST_FILES = 300;

interface Seam {
  readonly rule: string;
  /** What to write instead. */
  readonly instead: string;
  /** What the file names and must not. */
  find(source: ts.SourceFile, path: string): readonly Named[];
}

interface Named {
  readonly node: ts.Node;
  readonly what: string;
}

const LOSSES: readonly string[] = LossSchema.options;
const TASK_KINDS = TASK_SCHEMAS.map(({ shape }) => shape.kind.value);

/** Folders and files that are called after the kind, and the registries, which name every kind. */
const isHome = (path: string, kind: string): boolean =>
  path.split('/').some((segment) => segment.startsWith(kind)) || /\/tasks\/[^/]+$/.test(path);

/** Below the tasks: it has what windows of numbers need, whatever task first asked for it. */
const MACHINERY = ['engine/data/', 'engine/evaluation/', 'engine/models/', 'engine/export/tfjs/'];

/** `ForecastTask`, `PreparedForecast`, `asForecastTask`: a task's types and what gives them. */
const typeOf = (kind: string): RegExp => {
  const Kind = kind[0]!.toUpperCase() + kind.slice(1);
  return new RegExp(`^(as|is)?(Prepared${Kind}|${Kind}(Task|Experiment|Model|Shape|Core))(Schema|Options)?$`);
};

const SEAMS: readonly Seam[] = [
  {
    rule: 'no-branch-on-a-task',
    instead: 'ask taskOf(task), or screensOf(task.kind) in a window',
    find: (source) => every(source, readsTaskKind),
  },
  {
    rule: 'a-task-is-named-at-home',
    instead: 'ask taskOf(task), or screensOf(task.kind) in a window',
    find: (source, path) =>
      TASK_KINDS.filter((kind) => !isHome(path, kind)).flatMap((kind) =>
        every(source, (node) => namesKind(node, kind)),
      ),
  },
  {
    rule: 'types-of-a-task-stay-at-home',
    instead: 'ask what TaskKind in engine/tasks/task-kind.ts has for all tasks',
    find: (source, path) =>
      TASK_KINDS.filter((kind) => !isHome(path, kind)).flatMap((kind) => {
        const type = typeOf(kind);
        const isBelow = MACHINERY.some((folder) => path.startsWith(folder));
        return every(source, (node) => {
          if (ts.isIdentifier(node) && type.test(node.text) && !isBelow) return node.text;
          return ts.isStringLiteral(node) && node.text.includes(`/tasks/${kind}/`) ? node.text : null;
        });
      }),
  },
  {
    rule: 'no-branch-on-a-loss',
    instead: 'ask ANSWER_OF_LOSS, or LOSSES in engine/training/losses',
    find: (source, path) => (isHomeOfLosses(path) ? [] : every(source, comparesLoss)),
  },
  {
    rule: 'a-baseline-is-named-at-home',
    instead: 'ask the catalogue, or BASELINES in engine/evaluation/baselines',
    find: (source, path) =>
      path.startsWith('engine/evaluation/baselines/') ? [] : every(source, namesBaseline),
  },
  {
    rule: 'no-branch-on-a-metric',
    instead: 'ask metricInfo of the catalogue, or METRICS in engine/evaluation/metrics',
    find: (source, path) =>
      path.startsWith('engine/evaluation/metrics/') ? [] : every(source, comparesMetric),
  },
];

const METRIC_NAMES: readonly string[] = METRICS.map(({ name }) => name);
const SUBJECTS: readonly string[] = BASELINES.map(({ subject }) => subject);

/** Texts that always mean a baseline; `mean` and `linear` alone are words for much else. */
const UNMISTAKABLE = SUBJECTS.map((subject) => (subject.includes('-') ? subject : `baseline ${subject}`));

/** A name of a baseline in a text, or any of them where subjects are compared, listed or looked up. */
function namesBaseline(node: ts.Node): string | null {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
  if (!isText) return null;
  if (UNMISTAKABLE.some((name) => node.text.includes(name))) return node.getText();
  return ts.isStringLiteralLike(node) &&
    SUBJECTS.includes(node.text) &&
    isUsedAs(node, /(subject|baseline)s?$/i)
    ? node.parent.getText()
    : null;
}

/** `metric === 'mae'`, `switch (metric) { case 'mae': ... }`, `['mae'].includes(metric)`, `{ metric: 'mae' }` */
function comparesMetric(node: ts.Node): string | null {
  if (!ts.isStringLiteralLike(node) || !METRIC_NAMES.includes(node.text)) return null;
  return isUsedAs(node, /metric(name)?$/i) ? node.parent.getText() : null;
}

/** Compared with something of that name, in a list that is asked for it, or as its value. */
function isUsedAs(node: ts.StringLiteralLike, name: RegExp): boolean {
  const { parent } = node;
  const other = otherSide(node);
  if (other) return name.test(textOf(other));
  if (ts.isPropertyAssignment(parent)) return name.test(parent.name.getText());
  return ts.isArrayLiteralExpression(parent) && isTested(parent, (tested) => name.test(textOf(tested)));
}

/** Forms of tasks show a field for one loss alone. */
const isHomeOfLosses = (path: string): boolean =>
  path.startsWith('engine/training/losses/') || path.startsWith('renderer/tasks/');

/** `task.loss === 'cross-entropy'`, `switch (loss) { case 'huber': ... }` */
function comparesLoss(node: ts.Node): string | null {
  if (!ts.isStringLiteralLike(node) || !LOSSES.includes(node.text)) return null;
  const other = otherSide(node);
  return other && /loss$/i.test(textOf(other)) ? node.parent.getText() : null;
}

/** What a literal is compared with. */
function otherSide({ parent }: ts.StringLiteralLike): ts.Node | undefined {
  if (ts.isBinaryExpression(parent)) return ts.isStringLiteralLike(parent.left) ? parent.right : parent.left;
  return ts.isCaseClause(parent) ? parent.parent.parent.expression : undefined;
}

function every(source: ts.SourceFile, name: (node: ts.Node) => string | null): Named[] {
  const found: Named[] = [];
  const visit = (node: ts.Node): void => {
    const what = name(node);
    if (what !== null) found.push({ node, what });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The functions that look a kind up in its registry. */
const LOOKUPS = ['taskOf', 'screensOf'];
const TASK = /(^|\.)task$/i;

/** `task.kind`, `{ kind } = task` and `{ task: { kind } }`, unless it is handed to a look-up. */
function readsTaskKind(node: ts.Node): string | null {
  if (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'kind' &&
    TASK.test(textOf(node.expression))
  ) {
    return isLookedUp(node) || isHomeOf(node) ? null : node.getText();
  }
  if (!ts.isBindingElement(node) || (node.propertyName ?? node.name).getText() !== 'kind') return null;
  const pattern = node.parent.parent;
  const isOfTask =
    (ts.isVariableDeclaration(pattern) && pattern.initializer && TASK.test(textOf(pattern.initializer))) ||
    (ts.isBindingElement(pattern) && TASK.test((pattern.propertyName ?? pattern.name).getText())) ||
    (ts.isParameter(pattern) && pattern.type?.getText() === 'Task');
  return isOfTask && !isHomeOf(node) ? pattern.getText() : null;
}

const textOf = (node: ts.Node): string => node.getText().replaceAll(/[!?]/g, '');

/** Only where tasks are looked up may their kind be read. */
const isHomeOf = (node: ts.Node): boolean => /(^|\/)tasks\//.test(node.getSourceFile().fileName);

function isLookedUp(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isCallExpression(parent) && LOOKUPS.includes(parent.expression.getText());
}

/** `kind === 'forecast'`, `case 'forecast'`, `{ kind: 'forecast' }`, `z.literal('forecast')`, `{ forecast: ... }[kind]` */
function namesKind(node: ts.Node, kind: string): string | null {
  if (!ts.isStringLiteralLike(node) || node.text !== kind) return null;
  const { parent } = node;
  const other = otherSide(node);
  const isNamed =
    (other && isKind(other)) ||
    (ts.isPropertyAssignment(parent) && parent.name.getText() === 'kind') ||
    (ts.isLiteralTypeNode(parent) &&
      ts.isPropertySignature(parent.parent) &&
      parent.parent.name.getText() === 'kind') ||
    (ts.isCallExpression(parent) && parent.expression.getText() === 'z.literal') ||
    (ts.isArrayLiteralExpression(parent) && isTested(parent, isKind));
  return isNamed ? parent.getText() : null;
}

const isKind = (node: ts.Node): boolean => /(kind|task)$/i.test(textOf(node));

/** `['forecast', ...].includes(kind)` */
function isTested({ parent }: ts.ArrayLiteralExpression, is: (tested: ts.Node) => boolean): boolean {
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return false;
  return parent.parent.arguments.some(is);
}

/** `rule: path:line names what; what to do`, of files by path. */
export function seamViolations(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return SEAMS.flatMap(({ rule, instead, find }) =>
      find(source, path).map(({ node, what }) => {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        return `${rule}: ${path}:${line + 1} names ${what}; ${instead}`;
      }),
    );
  });
}

/** Sources of the project by path. */
export function projectFiles(): Record<string, string> {
  const paths = globSync('{engine,electron,renderer}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: ['**/generated/**', '**/assembly/**'],
  });
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

if (import.meta.main) {
  const files = projectFiles();
  const violations = seamViolations(files);
  for (const violation of violations) process.stderr.write(`${violation}\n`);
  const count = Object.keys(files).length;
  if (count < FEWEST_FILES) process.stderr.write(`only ${count} files were seen: the rules check nothing\n`);
  process.exitCode = violations.length > 0 || count < FEWEST_FILES ? 1 : 0;
}
