import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { secretsFolder } from '../../model/secrets.ts'
import { type Container, docker } from './docker.ts'

/** Values of the project's secrets that Docker shows of a container or in its image: the name of the secret, and where. */
export async function secretsShown(folder: string, container: Container): Promise<readonly string[]> {
  const places = {
    'container inspect': await docker(folder, 'container', 'inspect', container.Id),
    'image inspect': await docker(folder, 'image', 'inspect', container.Image),
    'image history': await docker(folder, 'image', 'history', '--no-trunc', container.Image),
    'compose config': await docker(folder, 'compose', 'config'),
    logs: await docker(folder, 'container', 'logs', container.Id),
  }
  const names = await readdir(join(folder, secretsFolder)).catch(() => [])
  const found = await Promise.all(
    names.map(async (name) => {
      const values = (await readFile(join(folder, secretsFolder, name), 'utf8')).match(/[0-9a-f]{64}/g) ?? []
      const seen = Object.entries(places).filter(([, text]) => values.some((value) => text.includes(value)))
      return seen.map(([place]) => `${name} in ${place}`)
    }),
  )
  return found.flat()
}
