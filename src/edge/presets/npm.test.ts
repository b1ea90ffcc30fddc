import { gzipSync } from 'node:zlib'
import { packTar, type TarEntry } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../model/problem.ts'
import { textsOf } from './npm.ts'

const file = (name: string, body: string): TarEntry => ({ header: { name, size: Buffer.byteLength(body), type: 'file' }, body })
const link = (name: string, linkname: string, type: 'symlink' | 'link' = 'symlink'): TarEntry => ({
  header: { name, size: 0, type, linkname },
})
const tarball = async (...entries: readonly TarEntry[]): Promise<Uint8Array> => gzipSync(await packTar([...entries]))
const refusal = async (path: string, bytes: Uint8Array): Promise<string> => {
  try {
    await textsOf('npm>x', path, bytes)
  } catch (error) {
    if (error instanceof Problem) return `${error.text.exit} ${error.text.message}`
    throw error
  }
  throw new Error('no Problem was thrown')
}

describe('a tarball', () => {
  it('gives the document and the templates of one folder, whatever the top one is called', async () => {
    const bytes = await tarball(
      file('top/package.json', '{}'),
      file('top/preset.toml', 'a\r\nb\n'),
      file('top/blocks/x.hbs', 'x'),
      file('top/index.js', 'throw 1'),
      file('top/go/preset.toml', 'go'),
      link('top/README.md', '/etc/passwd'),
    )
    expect([...(await textsOf('npm>x', '', bytes))]).toEqual([
      ['blocks/x.hbs', 'x'],
      ['preset.toml', 'a\nb\n'],
    ])
    expect([...(await textsOf('npm>x', 'go', bytes))]).toEqual([['preset.toml', 'go']])
    expect([...(await textsOf('npm>x', 'go/preset.toml', bytes))]).toEqual([['preset.toml', 'go']])
  })

  it('is refused with a link, a path that climbs, or text that is none', async () => {
    expect(await refusal('', await tarball(link('p/preset.toml', '/etc/passwd')))).toContain(
      '8 The preset npm>x could not be fetched: preset.toml is a link',
    )
    expect(await refusal('', await tarball(link('p/preset.toml', 'p/x', 'link')))).toContain('is a link')
    expect(await refusal('', await tarball(file('p/preset.toml', ''), file('p/../../x.hbs', '')))).toContain('is no plain path')
    expect(await refusal('', await tarball(file('p/preset.toml', ''), file('p/a b.hbs', '')))).toContain('is no plain path')
    expect(await refusal('', await tarball(file('p/preset.toml', ''), file('p/1/2/3/4/5/x.hbs', '')))).toContain('deeper than 5')
    expect(
      await refusal('', await tarball({ header: { name: 'p/preset.toml', size: 2, type: 'file' }, body: new Uint8Array([0xff, 0xfe]) })),
    ).toContain('is not UTF-8')
    expect(await refusal('', await tarball(file('p/x', '')))).toContain('no preset.toml in its root')
  })

  it('is refused when it is damaged, or unpacks to more than fits', async () => {
    expect(await refusal('', new Uint8Array([1, 2, 3]))).toContain('damaged')
    expect(await refusal('', gzipSync(Buffer.alloc(1024, 'x')))).toContain('damaged')
    expect(await refusal('', gzipSync(Buffer.alloc(80 * 1024 * 1024)))).toContain('64 MiB')
    expect(await refusal('', await tarball(file('p/preset.toml', 'x'.repeat(300_000))))).toContain('larger than 256 KiB')
  })
})
