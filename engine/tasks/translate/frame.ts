// What was written for a part, as the frame that exports and views read.
import type { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import type { PreparedTranslate } from './prepare.ts';
import type { WrittenPart } from './writing-machine.ts';
import { editColumns } from './written.ts';

export function frameOf(
  { table, sourceOf }: Pick<PreparedTranslate, 'table' | 'sourceOf'>,
  { part, sources, written }: WrittenPart,
): TranslateFrame {
  return {
    header: {
      part,
      names: sources.map(({ row }) => table.names[row]!),
      sources: sources.map(({ text }) => text),
      references: sources.map(({ references }) => [...references]),
      written: written.map(({ pair }) => pair.written.text),
    },
    columns: {
      sample: Int32Array.from(sources, ({ row }) => row),
      tokens: Int32Array.from(sources, ({ row }) => sourceOf(row).length - 1),
      ...editColumns(written),
    },
  };
}
