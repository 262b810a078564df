// The terms of one unit at one step.
import type { StepCard } from '../../contract/inside/dynamics.ts';
import type { LongTable } from './long-table.ts';
import type { TableView } from './view.ts';

export const step: TableView = {
  about: 'one step of one unit in numbers (--step, --unit)',
  takesEdits: true,
  table: async (client, question) => cardTable(await client.inside.step(question)),
};

export function cardTable(card: StepCard): LongTable {
  const blocks = card.blocks.flatMap(({ name, input, recurrent, bias, sum, activation, value }) => [
    ...input.terms.map((term) => [name, 'x W', term.name, term.value, term.weight, term.product]),
    [name, 'x W', `${input.restCount} others`, null, null, input.rest],
    ...recurrent.terms.map((term) => [name, 'h U', term.name, term.value, term.weight, term.product]),
    [name, 'h U', `${recurrent.restCount} others`, null, null, recurrent.rest],
    [name, 'b', 'bias', null, null, bias],
    [name, 'sum', 'sum', null, null, sum],
    [name, activation, 'value', null, null, value],
  ]);
  const results = card.results.map(({ name, equation, value }) => [
    name,
    equation,
    'value',
    null,
    null,
    value,
  ]);
  return { columns: ['of', 'part', 'term', 'value', 'weight', 'product'], rows: [...blocks, ...results] };
}
