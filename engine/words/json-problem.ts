// Says why a text is not JSON, for the command line and the form.
import { findJsonProblem, type JsonProblem } from './json-text.ts';

/** `line 1, column 2: a comma or "}" is expected, but "x" was found`; null for JSON. */
export function jsonProblemText(text: string): string | null {
  const found: JsonProblem | null = findJsonProblem(text);
  return found && `line ${found.line}, column ${found.column}: ${found.problem}`;
}
