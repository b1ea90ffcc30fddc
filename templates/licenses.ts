import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Chunk {
  readonly modules?: Readonly<Record<string, unknown>>
}

interface Emitter {
  emitFile(file: { type: 'asset'; fileName: string; source: string }): string
}

/** Writes dist/LICENSES.txt: the licence of every package that went into the bundle. Fails when one has none. */
export function bundledLicenses(): {
  name: string
  generateBundle(this: Emitter, options: unknown, bundle: Readonly<Record<string, unknown>>): void
} {
  return {
    name: 'bundled-licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => Object.keys((chunk as Chunk).modules ?? {}))
      const folders = new Set(
        modules.flatMap((id) => id.replace(/^\0/, '').match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0] ?? []),
      )
      const notices = [...folders].map(notice).sort((a, b) => (a.name < b.name ? -1 : 1))
      // Many packages of one author share one text.
      const texts = [...new Set(notices.map(({ text }) => text))].map((text) => {
        const names = new Set(notices.filter((each) => each.text === text).map(({ name }) => `---- ${name}`))
        return `${[...names].join('\n')}\n\n${text}`
      })
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: `Packages bundled into this program.\n\n${texts.join('\n\n')}\n` })
    },
  }
}

function notice(folder: string): { readonly name: string; readonly text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  if (license === undefined && file === undefined) throw new Error(`${name} states no licence`)
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
  return { name: `${name} ${version} (${license ?? 'see text'})`, text }
}
