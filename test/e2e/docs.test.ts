import { afterAll, describe, expect, it } from 'vitest'
import { blocksOf, commandsOf, exampleProject, pages } from '../docs/pages.ts'
import { engineMissing } from './engine.ts'

const withEngine = pages.flatMap((page) => {
  const commands = blocksOf(page).flatMap((block) => (block.where === 'docker' ? commandsOf(block) : []))
  return commands.length > 0 ? [{ page, commands }] : []
})

describe.skipIf(engineMissing() !== undefined).each(withEngine)('the commands of $page that need an engine', ({ commands }) => {
  const example = exampleProject('this machine')
  afterAll(() => {
    example.run('docker compose down --volumes --rmi local --timeout 2')
    example.remove()
  })

  it('run after the first one', () => {
    for (const command of ['npx secure-docker init --yes', ...commands]) {
      const { code, output } = example.run(command)
      expect({ command, code, output: code === 0 ? '' : output }).toEqual({ command, code: 0, output: '' })
    }
  })
})
