// The configuration in the report: as a table of fields to read, and as the experiment file that runs it again.
import type { Experiment } from '../../contract/experiment/experiment.ts';
import { escapeHtml } from './svg.ts';
import { facts } from './text.ts';

const GROUPS = ['task', 'split', 'pipeline', 'model', 'training', 'evaluation'] as const;

export function configurationTables(experiment: Experiment): string {
  const groups = GROUPS.map((group) => {
    const title = `<h3>${group[0]!.toUpperCase()}${group.slice(1)}</h3>`;
    const rows = fieldsOf(experiment[group], '').map(([name, value]) => [name, escapeHtml(value)] as const);
    return `<div>${title}${facts(rows)}</div>`;
  });
  return `<div class="groups">${groups.join('\n')}</div>`;
}

export function experimentFile(experiment: Experiment): string {
  return `<p class="quiet">Saved as experiment.json: <code>hindcast train experiment.json</code> trains the same run again; on the backend simd with the same weights, bit for bit.</p><pre>${escapeHtml(compactJson(experiment))}</pre>`;
}

/** [path, value] of every leaf; lists of plain values on one line, steps of the pipeline one each. */
function fieldsOf(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) {
    return [[path, value.join(', ')]];
  }
  if (Array.isArray(value)) return value.map((entry, index) => [String(index + 1), oneLine(entry)]);
  if (typeof value !== 'object' || value === null) return [[path, value === null ? 'none' : String(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    fieldsOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** `standardize; scope: series` */
function oneLine(step: Readonly<Record<string, unknown>>): string {
  return Object.entries(step)
    .map(([name, value]) => (name === 'step' ? String(value) : `${name}: ${[value].flat().join(', ')}`))
    .join('; ');
}

const LINE = 84;

/** JSON with what fits on a line on one line. */
function compactJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= LINE) return spaced(flat);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((entry) => compactJson(entry, inner))
    : Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}: ${compactJson(entry, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`;
}

/** A blank behind each comma and colon outside of texts. */
const spaced = (json: string): string =>
  json.replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, text, sign) => text ?? `${sign} `);
