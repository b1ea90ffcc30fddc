import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { defaultPresets } from './defaults.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('the presets of this machine come from a variable, else from the folder of settings', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  vi.stubEnv('SECURE_DOCKER_PRESET', undefined)
  expect(await defaultPresets()).toEqual([])
  mkdirSync(join(folder, 'secure-docker'))
  writeFileSync(join(folder, 'secure-docker/presets'), '# ours\nstrict\nnpm>@acme/preset#^1  # the newest\n')
  expect(await defaultPresets()).toEqual(['strict', 'npm>@acme/preset#^1'])
  vi.stubEnv('SECURE_DOCKER_PRESET', 'slim cis')
  expect(await defaultPresets()).toEqual(['slim', 'cis'])
  rmSync(folder, { recursive: true })
})
