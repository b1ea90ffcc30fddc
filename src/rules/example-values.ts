import type { Rule } from '../model/rule.ts'

export const exampleValues: Rule = {
  id: 'example-values',
  title: 'Needed variables have the value of the example',
  practices: [],
  comment: 'Needed, and set as the repository itself shows it; allowed hosts are where the port is published.',
  without: 'The program would end as soon as it starts, and say which variable it misses.',
  options: [],
  seen: ({ variables }) => variables.flatMap(({ example, because }) => (example === undefined ? [] : [example.because, ...because])),
}
