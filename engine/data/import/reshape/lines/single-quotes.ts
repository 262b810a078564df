// Fields between single quotes, as some programs write every text.
import { DELIMITERS } from '../../source/dialect.ts';
import type { LineShape, LineTable } from '../line-shape.ts';

function splitQuoted(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === "'") {
      let end = at + 1;
      while (end < line.length && (line[end] !== "'" || line[end + 1] === "'"))
        end += line[end] === "'" ? 2 : 1;
      fields.push(line.slice(at + 1, end).replaceAll("''", "'"));
      at = end + 1;
      if (line[at] !== delimiter) return at >= line.length ? fields : [...fields, line.slice(at)];
      at++;
      continue;
    }
    const next = line.indexOf(delimiter, at);
    fields.push(line.slice(at, next < 0 ? undefined : next).trim());
    if (next < 0) return fields;
    at = next + 1;
  }
  return [...fields, ''];
}

export const singleQuotes: LineShape = {
  id: 'single-quotes',
  async find(head): Promise<LineTable | null> {
    const lines = head.filter((line) => line.trim() !== '');
    for (const delimiter of DELIMITERS) {
      const quoted = lines.filter((line) => line.startsWith("'") && line.includes(`'${delimiter}`));
      if (quoted.length < 2 || quoted.length * 10 < lines.length * 9) continue;
      return {
        names: null,
        notes: ['The fields stand between single quotes, which were left off.'],
        *rows(line) {
          if (line.trim() !== '') yield splitQuoted(line, delimiter);
        },
      };
    }
    return null;
  },
};
