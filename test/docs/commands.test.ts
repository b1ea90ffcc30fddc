import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blocksOf, commandsOf, exampleProject, pages, played } from './pages.ts'

// Every command of the documentation is run: here in the example project, with an engine in test/e2e/docs.test.ts, or by .ci/run.

const languages = ['console', 'dockerfile', 'js', 'json', 'sh', 'text', 'toml', 'ts', 'yaml']
/** May end with it, because that is what the page is about. */
const mayFail = /^(?:npx )?secure-docker (?:check|diff)/

describe.each(pages)('%s', (page) => {
  const blocks = blocksOf(page)
  const here = blocks.filter(({ language, where }) => (language === 'sh' && where === '') || language === 'console')

  it('says what each block is', () => {
    expect(blocks.filter(({ language }) => !languages.includes(language))).toEqual([])
    expect(blocks.filter(({ where }) => !['', 'docker', 'repository'].includes(where))).toEqual([])
  })

  it('runs in this repository only what its checks run', () => {
    const checks = readFileSync('.ci/run', 'utf8')
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }
    const known = (command: string): boolean => {
      const script = command.match(/^npm run ([\w:-]+)/)?.[1]
      return script === undefined ? checks.includes(command) : script in scripts
    }
    const commands = blocks.filter(({ where }) => where === 'repository').flatMap(commandsOf)
    expect(commands.flatMap((command) => command.split(' && ')).filter((command) => !known(command))).toEqual([])
  })

  if (here.length === 0) return
  it('has commands that run, and print what the page shows', async () => {
    const example = exampleProject()
    const failed: string[] = []
    const run = (command: string): string => {
      const { code, output } = example.run(command)
      if (code !== 0 && !mayFail.test(command)) failed.push(`${command}: exit ${code}\n${output}`)
      return output
    }
    try {
      await expect(played(page, run)).toMatchFileSnapshot(`../../${page}`)
      for (const block of here) if (block.language === 'sh') for (const command of commandsOf(block)) run(command)
      expect(failed).toEqual([])
    } finally {
      example.remove()
    }
  })
})
