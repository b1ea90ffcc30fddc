import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { folderWith, secureDocker, textOf } from './run.ts'

const node = {
  'package.json': JSON.stringify({ name: 'shop', scripts: { start: 'node src/server.js' }, dependencies: { express: '5.1.0' } }),
  'src/server.js': 'app.listen(3000)\n',
}
const file = 'compose.dev.yaml'

it('is written on request, remembered, and told how to be used', () => {
  const root = folderWith(node)
  const { code, out } = secureDocker(root, 'init', '--yes', '--dev')
  expect(code).toBe(0)
  expect(out).toContain('docker compose --file compose.yaml --file compose.dev.yaml up --watch')
  expect(textOf(root, 'secure-docker.toml')).toMatch(/^dev = true$/m)
  expect(secureDocker(root, 'check').code).toBe(0)
  expect(secureDocker(root, 'explain', `${file}:6`).out).toContain('dev-source')
})

it('is not written without', () => {
  const root = folderWith(node)
  secureDocker(root, 'init', '--yes')
  expect(existsSync(join(root, file))).toBe(false)
})

it('goes when it is not wanted any more, unless it was edited', () => {
  const [untouched, edited] = [folderWith(node), folderWith(node)]
  for (const root of [untouched, edited]) secureDocker(root, 'init', '--yes', '--dev')
  writeFileSync(join(edited, file), `${textOf(edited, file)}# mine\n`)
  for (const root of [untouched, edited]) expect(secureDocker(root, 'init', '--yes', '--dev=false').code).toBe(0)
  expect([existsSync(join(untouched, file)), textOf(edited, file)?.endsWith('# mine\n')]).toEqual([false, true])
})

it('keeps edits while it follows the stack', () => {
  const root = folderWith(node)
  secureDocker(root, 'init', '--yes', '--dev')
  writeFileSync(join(root, file), textOf(root, file)?.replace('127.0.0.1:9229:9229', '127.0.0.1:9300:9229') ?? '')
  writeFileSync(join(root, 'views.json'), '{}')
  expect(secureDocker(root, 'update').code).toBe(0)
  expect(textOf(root, file)).toContain('127.0.0.1:9300:9229')
  expect(textOf(root, file)).toContain('source: ./views.json')
})

it('leaves a file of that name that a person wrote', () => {
  const root = folderWith({ ...node, [file]: 'services: {}\n' })
  expect(secureDocker(root, 'init', '--yes', '--dev').code).toBe(4)
  expect(textOf(root, file)).toBe('services: {}\n')
})
