import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineMissing } from './engine.ts'
import { copyOf, program } from './project.ts'

// Beside code that is copied, in a folder that is sent to the builder.
const kept = ['.secure-docker/presets/acme/preset.toml', 'secure-docker.lock', 'secure-docker.toml', '.env.local', '.secrets/key', 'id_rsa']

describe.skipIf(engineMissing() !== undefined)('what is sent to the builder', () => {
  it.each([
    ['go-cmd', 'internal/tool'],
    ['django-nested', 'backend/tool'],
  ])('of %s holds nothing that is kept beside the code in %s', async (name, folder) => {
    const project = copyOf(name)
    try {
      await project.run(process.execPath, program, 'init', '--yes', '--force')
      for (const file of [...kept, 'sent.txt']) {
        mkdirSync(dirname(join(project.folder, folder, file)), { recursive: true })
        writeFileSync(join(project.folder, folder, file), 'x')
      }
      writeFileSync(join(project.folder, 'all.build'), 'FROM scratch\nCOPY . /\n')
      await project.run('docker', 'buildx', 'build', '--quiet', '--file', 'all.build', '--output', 'type=local,dest=out', '.')
      const sent = readdirSync(join(project.folder, 'out'), { recursive: true, encoding: 'utf8' })
      expect(sent).toContain(`${folder}/sent.txt`)
      expect(sent.filter((path) => kept.some((file) => path.includes(file.split('/')[0] ?? '')))).toEqual([])
    } finally {
      await project.remove()
    }
  })
})
