// Which word is meant by an unknown one.
import { describe, expect, it } from 'vitest';
import { editDistance, suggestion } from '../../../engine/contract/values/nearest-word.ts';

describe('did you mean', () => {
  it('counts swaps of neighbours as one', () => {
    expect(editDistance('trian', 'train')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('says nothing where nothing is near', () => {
    expect(suggestion('epoch', ['epochs', 'batchSize'])).toBe('epochs');
    expect(suggestion('zzz', ['epochs', 'batchSize'])).toBeNull();
    expect(suggestion('x', [])).toBeNull();
  });

  it('takes no letter for another one', () => {
    expect(suggestion('k', ['y', 'z'])).toBeNull();
    expect(suggestion('k', ['y', 'K'])).toBe('K');
    expect(suggestion('OX', ['OT', 'HUFL'])).toBe('OT');
  });
});
