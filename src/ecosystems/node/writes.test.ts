import { describe, expect, it } from 'vitest'
import { detect, express } from '../../../test/detected-node.ts'
import { foldersStage } from '../folders.ts'
import { findWritable } from './writes.ts'

const folders = (code: string, others: readonly string[] = [], outputs: readonly string[] = []) => {
  const files = new Set(['src/server.js', 'views/index.ejs', ...others])
  const tree = {
    files,
    folders: new Set(['src', 'views', ...others.map((path) => path.replace(/\/[^/]*$/, ''))]),
    texts: new Map([['src/server.js', code]]),
    unread: new Map<string, string>(),
  }
  return findWritable(tree, ['src/server.js'], (file) => file, outputs).map(({ path, link }) =>
    link === undefined ? path : `${link} → ${path}`,
  )
}

describe('what a program writes', () => {
  it.each([
    ["fs.mkdirSync('uploads')", ['/app/uploads']],
    ["fs.writeFile(path.join(__dirname, 'count.txt'), n)", ['/app/src/count.txt → /data']],
    ["new Database('shop.sqlite')", ['/app/shop.sqlite → /data']],
    ["const at = process.env.DB_LOCATION || '/etc/todos/todo.db'", ['/etc/todos']],
    ["fs.writeFileSync('/etc/hosts.db', '')", []],
    ["const CONFIG_PATH = input || process.env.CONFIG_PATH || Path.resolve('config')", ['/app/config']],
    ["const folder = process.env.UPLOAD_DIR ?? './files'", ['/app/files']],
    ["const folder = process.env.DATA_DIR || path.join(process.cwd(), 'store')", ['/app/store']],
    ["const folder = process.env.SHOP_CONFIG_DIR\n  ? process.env.SHOP_CONFIG_DIR\n  : join(process.cwd(), 'settings')", ['/app/settings']],
    ["const folder = process.env.DATA_DIR ? 'a' : 'b'", []],
    [
      "Store.at = process.env.DATA_DIR || args['data-dir'] || Store.usual() || './data/'\nmkdirSync(join(Store.at, 'upload'))",
      ['/app/data'],
    ],
    ["static templatePath = './db/first.db'", []],
    ["const program = process.env.FFMPEG_PATH || 'ffmpeg'", []],
    ["const base = process.env.ROUTER_BASE_PATH ?? '/shop'", []],
    ["const pages = process.env.VIEWS_DIR || 'views'", []],
    ["const folder = textEnv('BOARD_DIR', path.join(root, 'boards'))", ['/app/boards']],
    ["const pages = textEnv('VIEWS_DIR', 'views')", []],
    ["const file = process.env.DB_FILENAME || 'db/data'", ['/app/db']],
    ["cleanEnv(process.env, { DB_FILENAME: str({ default: 'db/data' }) })", ['/app/db']],
    ["const name = process.env.DB_NAME || 'shop'", []],
    ["fs.copyFileSync(path.join(__dirname, 'a.css'), 'store/a.css')", ['/app/store']],
    ["await copyFile('a.css', join('out', name))", ['/app/out']],
    ["fs.readFileSync('a.txt')", []],
    ["const file = path.join(folder, 'accessTest'); fs.writeFile(file, '')", []],
    ["fs.writeFile(path.join(folder, 'report.csv'), rows)", []],
    [`fs.writeFile(\`\${folder}/report.csv\`, rows)`, []],
    ["fs.mkdirSync(path.join(settings.path, 'uploads'))", ['/app/uploads']],
    ["const dir = path.join(process.cwd(), 'store'); fs.mkdirSync(path.join(dir, 'covers'))", ['/app/store/covers']],
    [`const dir = './store'; fs.mkdirSync(\`\${dir}/covers\`)`, ['/app/store/covers']],
    ["const appRoot = find(); fs.mkdirSync(path.join(appRoot, 'store'))", ['/app/store']],
    ["diskStorage({\n  destination: './uploads',\n  filename: (req, file, cb) => cb(null, file.name),\n})", ['/app/uploads']],
    ["multer.diskStorage({ destination: (req, file, cb) => cb(null, 'incoming') })", ['/app/incoming']],
    ["fs.writeFile('package.json', text)", []],
    ["fs.writeFile(path.join(__dirname, 'Dockerfile'), text)", []],
    ["if (!entries['old.sqlite']) return", []],
    ["lstat(path, (error) => callback(null, 'file'))", []],
  ])('%s', (code, expected) => expect(folders(code)).toEqual(expected))

  it.each([
    ["const store = new Boards(path.join(process.cwd(), 'boards'))", ['/app/boards']],
    ["const store = new Boards('./boards/')", ['/app/boards']],
    ["const store = new Boards('store/boards')", []],
    ["const word = 'cupboards'", []],
  ])('to a folder that git keeps empty: %s', (code, expected) => expect(folders(code, ['boards/.gitignore'])).toEqual(expected))

  it('to a file among those for browsers, which is there from the start', () => {
    const texts = new Map([
      ['server.js', "fs.writeFileSync(path.join(__dirname, 'public', 'env.js.map'), '')\nfs.writeFileSync('list.json', '')"],
    ])
    const tree = {
      files: new Set(['server.js', 'public/index.html']),
      folders: new Set(['public']),
      texts,
      unread: new Map<string, string>(),
    }
    const found = findWritable(tree, ['server.js'], (file) => file, [])
    expect(found.map(({ link, served }) => [link, served])).toEqual([
      ['/app/list.json', undefined],
      ['/app/public/env.js.map', 'env.js.map'],
    ])
    expect(foldersStage(found, { repository: 'node', tag: '24' }).steps[0]).toMatchObject({
      commands: expect.arrayContaining([{ argv: ['touch', '/writable/root/data/env.js.map'] }]),
    })
  })

  it('is not to a folder that a build fills, or that holds files', () => {
    expect(folders("app.use(express.static('dist'))", ['dist/.gitkeep'])).toEqual([])
    expect(folders("const store = new Boards('boards')", ['boards/.gitignore', 'boards/index.js'])).toEqual([])
    expect(folders("const store = new Boards('boards')", ['boards/.gitignore'], ['boards'])).toEqual([])
    expect(folders("const store = new Boards('boards/store')", ['boards/store/.gitkeep'], ['boards'])).toEqual([])
    expect(folders("const store = new Boards('boards/store')", ['boards/store/.gitkeep'])).toEqual(['/app/boards/store'])
  })
})

it.each([
  ["require('./src/scripts/manifest')", 'src/scripts/manifest.js', true],
  ["import { make } from './scripts/deep/manifest.js'", 'scripts/deep/manifest.js', true],
  ["require('./manifest')", 'scripts/manifest.js', false],
])('reads the scripts that the program loads: %s of %s', (load, file, isRead) => {
  const app = detect({ ...express, scripts: { start: 'node server.js' } }, { 'server.js': load, [file]: "fs.mkdirSync('store')" })
  expect(app.writable.map(({ path }) => path)).toEqual(isRead ? ['/app/store'] : [])
})
