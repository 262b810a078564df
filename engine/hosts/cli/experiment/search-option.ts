// `--method tpe:startup=20,candidates=48` and `--stopper asha:minEpochs=2`: a kind with its options.
import type { SearchChoice } from '../../../words/search-options.ts';
import { oneOf, wholeNumber } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export interface ChosenSearch {
  readonly kind: string;
  readonly [option: string]: string | number;
}

export function searchChoice(option: string, choices: Readonly<Record<string, SearchChoice>>) {
  const kindOf = oneOf(option, Object.keys(choices));
  return (text: string): ChosenSearch => {
    const [name = '', ...rest] = text.split(':');
    const kind = kindOf(name);
    const { options } = choices[kind]!;
    const given = rest.join(':');
    const pairs = given === '' ? [] : given.split(',').map((pair) => pair.split('='));
    return {
      kind,
      ...Object.fromEntries(
        pairs.map(([key = '', value = '']) => {
          const known = options.find((one) => one.name === key.trim());
          if (known === undefined) throw unknownOption(option, kind, key, options);
          return [
            known.name,
            wholeNumber(`${known.name} of ${option} ${kind}`, known.min, known.max)(value.trim()),
          ];
        }),
      ),
    };
  };
}

function unknownOption(
  option: string,
  kind: string,
  key: string,
  known: SearchChoice['options'],
): UsageError {
  const has = known.length === 0 ? 'it has none' : `it has ${known.map(({ name }) => name).join(' and ')}`;
  const example = known[0] ? `, as in ${option} ${kind}:${known[0].name}=${known[0].byDefault}` : '';
  return new UsageError(`${option} ${kind} has no option "${key}": ${has}${example}.`, { option });
}
