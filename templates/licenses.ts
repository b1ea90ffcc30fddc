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
      // Most differ in whose the copyright is and in their line breaks alone.
      const texts = [...new Set(notices.map(({ terms }) => bare(terms)))].map((key) => {
        const those = notices.filter(({ terms }) => bare(terms) === key)
        const heads = [...new Set(those.map(({ name, copyright }) => [`---- ${name}`, ...copyright].join('\n')))]
        return `${heads.join('\n')}\n\n${those[0]?.terms ?? ''}`
      })
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: `Packages bundled into this program.\n\n${texts.join('\n\n')}\n` })
    },
  }
}

interface Licence {
  readonly name: string
  /** The lines that say whose it is. */
  readonly copyright: readonly string[]
  readonly terms: string
}

const owner = /^[ \t]*(?:Copyright\b|\([cC]\)|©)/
const title = /^[# \t]*(?:the )?(?:MIT|ISC) licen[cs]e(?: \(\w+\))?[ \t]*$/i

function bare(terms: string): string {
  return terms.replaceAll(/\s+/g, ' ')
}

function notice(folder: string): Licence {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  if (license === undefined && file === undefined) throw new Error(`${name} states no licence`)
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
  const lines = text.split(/\r?\n/)
  return {
    name: `${name} ${version} (${license ?? 'see text'})`,
    copyright: lines.filter((line) => owner.test(line)).map((line) => line.trim()),
    terms: lines
      .filter((line) => !owner.test(line) && !title.test(line))
      .join('\n')
      .trim(),
  }
}
