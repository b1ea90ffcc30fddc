import { expect, it } from 'vitest'
import { codes, started, workspace } from '../../../test/detected-node.ts'
import { choose } from '../../choose/choose.ts'
import { planNode } from './plan.ts'

const serve = "require('http').createServer().listen(4000)"

/** A program below `apps/api`, built into `dist`, whose code writes; `web` makes pages, from these files. */
function writing(code: string, web: readonly string[] = ['index.html']) {
  const api = { name: '@shop/api', scripts: { build: 'tsc', start: 'node dist/main.js' }, dependencies: { express: '5' } }
  const front = { name: '@shop/web', scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }
  const texts = {
    'apps/api/src/main.ts': `import './static/pages.js'; ${serve}`,
    'apps/api/src/static/pages.ts': code,
    'apps/api/tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
    'apps/shared/list.json': '',
    'shared/kept.txt': '',
    ...Object.fromEntries(web.map((file) => [`apps/web/${file}`, ''])),
  }
  return started(workspace({}, { 'apps/api': api, 'apps/web': front }, texts), 'apps/api')
}

it.each([
  ["fs.mkdirSync('../../data')", ['/app/data']],
  ["fs.mkdirSync('data')", ['/app/apps/api/data']],
  ["fs.mkdirSync('../../../data')", ['/data']],
  ["fs.writeFileSync('../shared/list.json', '')", ['/app/apps/shared/list.json → /data']],
  ["const dir = join(\n  __dirname,\n  '..',\n  '..',\n  '..',\n  '..',\n  'uploads',\n)\nfs.mkdirSync(dir)", ['/app/uploads']],
])('what a program of a workspace writes is where it really lies: %s', (code, expected) =>
  expect(writing(code).writable.map(({ path, link }) => (link === undefined ? path : `${link} → ${path}`))).toEqual(expected),
)

const pages = (file: string): string => `fs.writeFileSync(join(__dirname, '..', '..', '..', 'web/dist', '${file}'), '')`

it.each([
  ['index.html', ['index.html'], 'built'],
  ['env.js', ['public/env.js'], 'built'],
  ['index-template.html', ['index.html'], 'new'],
])('a page that it changes is new at each start: %s beside %j', (file, web, rewritten) => {
  const app = writing(pages(file), web)
  expect(app.writable).toMatchObject([{ path: '/tmp', link: `/app/apps/web/dist/${file}`, keep: false, rewritten }])
  expect(codes(app)).not.toContain('written-to-memory')
  const { entrypoint, stages } = planNode(app, choose(app, { port: 3000, release: '24' }, {}, {}))
  const copies = `import{copyFileSync}from'node:fs';copyFileSync('/app/.made/${file}','/tmp/${file}')`
  expect(entrypoint.slice(1)).toEqual(rewritten === 'built' ? [`--import=data:text/javascript,${copies}`] : [])
  const kept = stages.at(-1)?.steps.filter((step) => step.do === 'copy' && step.to === '/app/.made/')
  expect(kept).toMatchObject(rewritten === 'built' ? [{ from: 'build', paths: [`/app/apps/web/dist/${file}`] }] : [])
})
