import { describe, expect, it } from 'vitest'
import { codes, detect, express } from '../../../test/detected-node.ts'

describe('the port', () => {
  it.each([
    ['app.listen(3001)', 3001],
    ["app.listen(process.env.PORT || 3002, '0.0.0.0')", 3002],
    ['const port = process.env.PORT ?? 3003\napp.listen(port)', 3003],
    ["const port = parseInt(process.env['PORT'] || '3004', 10)\napp.listen(port)", 3004],
    ['const { PORT = 3005 } = process.env\napp.listen(PORT)', 3005],
    ['const env = cleanEnv(process.env, { PORT: port({ default: 3006 }) })\napp.listen(env.PORT)', 3006],
    ['server.listen({ port: 3007 })', 3007],
    ['const PORT = 3008\napp.listen(PORT)', 3008],
    ["const app = express()\napp.set('port', process.env.PORT || 3009)\napp.listen(app.get('port'))", 3009],
    ['serve({ fetch: app.fetch, port: 3010 })', 3010],
    ["convict({ listen_port: { format: 'port', default: 3014, env: 'PORT' } })", 3014],
    ["const db = { port: 5432 }\napp.listen(process.env.PORT || '3011')", 3011],
    ['const REDIS_PORT = 6379\napp.listen(3012)', 3012],
    ['// app.listen(9999)\napp.listen(3013)', 3013],
    ['app.listen(process.env.PORT)', undefined],
  ])('%s', (code, port) => {
    const app = detect({ ...express, scripts: { start: 'node server.js' } }, { 'server.js': code })
    expect(app.found.port?.value).toBe(port)
  })

  it.each([
    ['next start', undefined],
    ['next start -p $PORT', undefined],
    ['next start -p 4000', 4000],
    ['cross-env PORT=4001 next start', 4001],
  ])('of an installed server does not come from code beside it: %s', (start, port) => {
    const app = detect({ dependencies: { next: '15.1.7' }, scripts: { start } }, { 'bin/peer.js': 'server.listen(9000)' })
    expect([app.found.port?.value, app.portVariable, app.args.includes('$PORT')]).toEqual([port, 'PORT', false])
  })

  it('is 0 where nothing listens', () => {
    const app = detect({ scripts: { start: 'node worker.js' } }, { 'worker.js': 'setInterval(() => {}, 1000)' })
    expect(app.found.port?.value).toBe(0)
  })

  it('is none for gRPC alone, whose variable is set to what an own Dockerfile exposes', () => {
    const grpc = { dependencies: { '@grpc/grpc-js': '^1.0.0' }, scripts: { start: 'node server.js' } }
    const found = (code: string, manifest: object = grpc) => {
      const app = detect(manifest, { 'server.js': code, Dockerfile: 'FROM node\nEXPOSE 50051\n' })
      return [app.found.port?.value, app.environment]
    }
    const binds = 'server.listen()\nserver.bindAsync("[::]:" + process.env.PORT, credentials)'
    expect(found(binds)).toEqual([0, { PORT: '50051' }])
    expect(found(binds.replace('env.PORT', '(env.PORT || 7000)'))).toEqual([0, {}])
    expect(found(`${binds}\napp.listen(8080)`, { ...grpc, dependencies: { ...grpc.dependencies, express: '5' } })).toEqual([8080, {}])
  })

  it.each([
    ['what an example of its variables says', { '.env.example': 'PORT=4001\n' }, 4001, '.env.example'],
    ['what the own Dockerfile exposes', { Dockerfile: 'FROM node:24\nEXPOSE 9229 4002/tcp\n' }, 4002, 'Dockerfile'],
  ])('is %s when the code names none', (_, texts, port, file) => {
    const app = detect({ ...express, scripts: { start: 'node server.js' } }, { 'server.js': 'app.listen(process.env.PORT)', ...texts })
    expect(app.found.port).toMatchObject({ value: port, because: [{ file }, ...(file === 'Dockerfile' ? [] : [{ file: 'server.js' }])] })
  })

  it('comes from the Dockerfile, too, when the server is a package that nobody knows', () => {
    const app = detect(
      { dependencies: { '@acme/pds': '1.0.0' } },
      { 'index.js': "require('@acme/pds').start()", Dockerfile: 'EXPOSE 4003\n' },
    )
    expect(app.found.port?.value).toBe(4003)
  })

  it.each([
    ['app.listen(process.env.SERVER_PORT || 3000)', 'SERVER_PORT'],
    ['app.listen(process.env.SHOP_PORT)', 'SHOP_PORT'],
    ['const port = Number(process.env.SHOP_PORT)\napp.listen(port)', 'SHOP_PORT'],
    ['app.listen({ host: h, port: process.env.SHOP_PORT })\nconnect(process.env.PORT)', 'PORT'],
    ['connect(process.env.SHOP_PORT)\napp.listen(3000)', undefined],
    ['const port = process.env.REDIS_PORT\napp.listen(3000)', undefined],
  ])('%s comes from the variable %s', (code, variable) => expect(detect({ ...express }, { 'server.js': code }).portVariable).toBe(variable))
})

describe('being reached', () => {
  it.each([
    ["app.get('/healthz', ok)\napp.get('/ready', ok)", '/healthz'],
    ["router.get('/api/health', ok)", '/api/health'],
    ["if (req.url === '/ping') res.end()", '/ping'],
    ["@Controller('health')\nclass Health {}", '/health'],
    ["app.setGlobalPrefix('/api')\n@Controller('health')\nclass Health {}", '/api/health'],
    ["app.setGlobalPrefix('api', { exclude: ['health'] })\n@Controller('health')\nclass Health {}", '/health'],
    ["app.get('/healthy-recipes', ok)", undefined],
  ])('%s', (code, route) => expect(detect(express, { 'server.js': code }).found.health?.value).toBe(route))

  it('sets the variable that opens a server to others', () => {
    const code = "const host = process.env.HOST || 'localhost'\napp.listen(3000, host)"
    expect(detect(express, { 'server.js': code }).environment).toEqual({ HOST: '0.0.0.0' })
  })

  it('sets what the own Dockerfile sets, and opens the server all the same', () => {
    const code = "const host = process.env.HOST || 'localhost'\napp.listen(3000, host)\nif (process.env.SOURCE !== 'docker') check()"
    const Dockerfile = 'FROM node:24\nENV SOURCE=docker HOST=localhost\n'
    expect(detect(express, { 'server.js': code, Dockerfile }).environment).toEqual({ SOURCE: 'docker', HOST: '0.0.0.0' })
  })

  it.each([
    ["app.listen(3000, '127.0.0.1')", true],
    ["const app = require('fastify')()\napp.listen({ port: 3000 })", true],
    ["const app = require('fastify')()\napp.listen({ port: 3000, host: '0.0.0.0' })", false],
    ['app.listen(3000)', false],
    ["const server = Hapi.server({\n  port: 3000,\n  host: 'localhost'\n})", true],
    ["const db = connect({ host: 'localhost' })\nHapi.server({ port: 3000 })", false],
    ["const host = ('RENDER' in process.env) ? `0.0.0.0` : `localhost`\nfastify.listen({ host: host, port: 3000 })", true],
    ["const host = process.env.HOST ? process.env.HOST : 'localhost'\nfastify.listen({ host: host, port: 3000 })", false],
  ])('%s listens for itself alone: %s', (code, local) =>
    expect(codes(detect(express, { 'server.js': code })).includes('listens-on-localhost')).toBe(local),
  )
})
