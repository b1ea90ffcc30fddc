import { expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { practices } from '../../src/rules/practices.ts'

// Pages that are made from the code's own records. `npm run snapshots -- --update` writes them anew.

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`

it('docs/practices.md is what the records say', async () => {
  const citing = (number: number) =>
    Object.values(rules)
      .filter((rule) => rule.practices.includes(number))
      .map(({ id }) => `\`${id}\``)
      .join(', ')
  const rows = Object.entries(practices).map(([number, { title, source, realised }]) =>
    row(number, title, source, realised, citing(Number(number))),
  )
  await expect(`# Practices, and where they are realised

Made from \`src/rules\`. \`secure-docker explain 14\` tells the same in a terminal. \`D\` Dockerfile, \`I\` .dockerignore, \`C\` compose.yaml.
Numbers that are left out belong to practices which no file written here could follow: they concern the host, the registry, the workflow. What is
not written yet is said so.

| # | practice | asked for by | realised by | rules |
|--|--|--|--|--|
${rows.join('')}`).toMatchFileSnapshot('../../docs/practices.md')
})
