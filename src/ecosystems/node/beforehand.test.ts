import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beforehand, reachable } from './beforehand.ts'

describe('what node does before the program', () => {
  it.each([
    [{ shared: false, local: undefined }, ['-r', 'ts-node/register'], []],
    [{ shared: false, local: undefined }, [], []],
    [{ shared: true, local: undefined }, ['--import', 'tsx'], ['--import=data:text/javascript,process.umask(0)']],
    [{ shared: true, local: 3000 }, [], ['--import=data:text/javascript,process.umask(0)', reachable(3000)]],
    [
      { shared: true, local: undefined, fresh: ['a.html', 'b.js'] },
      [],
      [
        '--import=data:text/javascript,process.umask(0)',
        "--import=data:text/javascript,import{copyFileSync}from'node:fs';copyFileSync('/app/.made/a.html','/tmp/a.html');copyFileSync('/app/.made/b.js','/tmp/b.js')",
      ],
    ],
    [
      { shared: false, local: undefined, fresh: ['a.html'] },
      ['-r', 'tsx/cjs'],
      [
        '-e',
        "const{copyFileSync}=require('fs');copyFileSync('/app/.made/a.html','/tmp/a.html');require('module').runMain(process.argv[1]=require('path').resolve(process.argv[1]))",
      ],
    ],
  ])('%j before %j', (wanted, flags, words) => expect(beforehand(wanted, flags)).toEqual(words))

  it('leaves the program to the loader that --require has changed', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'beforehand-'))
    writeFileSync(
      join(cwd, 'hook.cjs'),
      "require.extensions['.shop'] = (m) => m._compile('console.log(process.umask(), require.main === module, ...process.argv.slice(2))', m.filename)",
    )
    writeFileSync(join(cwd, 'main.shop'), '')
    for (const flag of [['-r', './hook.cjs'], ['--require=./hook.cjs']]) {
      const words = [...beforehand({ shared: true, local: 3000 }, flag), ...flag, 'main.shop', '--open']
      expect(execFileSync(process.execPath, words, { encoding: 'utf8', cwd })).toBe('0 true --open\n')
    }
    rmSync(cwd, { recursive: true })
  })
})

it.each([[[]], [['-r', 'node:util']]])('a file .env that is not there is empty, others are missing (after %j)', (flags) => {
  const cwd = mkdtempSync(join(tmpdir(), 'variables-'))
  const code =
    "const fs = require('fs'), path = require('path'); console.log(JSON.stringify(fs.readFileSync(path.resolve('.env'), 'utf8')));"
  writeFileSync(join(cwd, 'main.cjs'), `${code} try { fs.readFileSync('other') } catch (error) { console.log(error.code) }`)
  const words = [...beforehand({ shared: false, local: undefined, file: true }, flags), ...flags, 'main.cjs']
  expect(execFileSync(process.execPath, words, { encoding: 'utf8', cwd })).toBe('""\nENOENT\n')
  rmSync(cwd, { recursive: true })
})

/** The address at which a server listens that is started as the image starts it. */
function addressOf(port: number, listen: string, flags: readonly string[]): unknown {
  const cwd = mkdtempSync(join(tmpdir(), 'address-'))
  const code = `const s=require('http').createServer();s.${listen};s.on('listening',()=>{console.log(JSON.stringify(s.address()));s.close()})`
  writeFileSync(join(cwd, 'main.cjs'), code.replaceAll('PORT', String(port)))
  const words = [...beforehand({ shared: false, local: port }, flags), ...flags, 'main.cjs']
  const said = execFileSync(process.execPath, words, { encoding: 'utf8', cwd })
  rmSync(cwd, { recursive: true })
  return JSON.parse(said)
}

const freePort = (): Promise<number> =>
  new Promise((settle) => {
    const server = createServer().listen(0, () => {
      const address = server.address()
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

it.each([
  ["listen(PORT, 'localhost')", '0.0.0.0'],
  ["listen('PORT', '127.0.0.1', 5)", '0.0.0.0'],
  ["listen({ port: PORT, host: 'localhost' })", '0.0.0.0'],
  ["listen({ port: PORT, host: '::1', backlog: 5 })", '0.0.0.0'],
  // Another port is not asked from outside: its server stays where it is.
  ["listen({ port: 0, host: '127.0.0.1' })", '127.0.0.1'],
  ["listen(0, '127.0.0.1')", '127.0.0.1'],
  ["listen({ port: PORT, host: '127.0.0.2' })", '127.0.0.2'],
])('%s listens at %s', async (listen, address) => {
  for (const flags of [[], ['-r', 'node:util']]) expect(addressOf(await freePort(), listen, flags)).toMatchObject({ address })
})

it('leaves sockets alone, and calls back', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'reachable-'))
  const port = await freePort()
  const code = `const { createServer } = require('net')
    const socket = createServer().listen('./socket', () => { console.log(socket.address()); socket.close() })
    const server = createServer().listen(${port}, 'localhost', () => server.close())`
  expect(execFileSync(process.execPath, [reachable(port), '--eval', code], { encoding: 'utf8', cwd })).toBe('./socket\n')
  rmSync(cwd, { recursive: true })
})
