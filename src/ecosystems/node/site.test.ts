import { describe, expect, it } from 'vitest'
import { codes, detect, express } from '../../../test/detected-node.ts'

type Texts = Readonly<Record<string, string>>

const page = { 'index.html': '' }
const made = (name: string, build: string, texts: Texts = {}, others: readonly string[] = ['index.html', 'public/index.html']) =>
  detect({ devDependencies: { [name]: '^3.0.0' }, scripts: { build } }, texts, others)
const angular = (options: object, builder = '@angular/build:application') =>
  JSON.stringify({ projects: { shop: { projectType: 'application', architect: { build: { builder, options } } } } })

describe('the folder of a site', () => {
  it.each<[name: string, build: string, texts: Texts, folder: string, fallback: string | undefined]>([
    ['vite', 'vite build', {}, 'dist', 'index.html'],
    ['vite', 'tsc -b --outDir types && vite build --mode production', {}, 'dist', 'index.html'],
    ['vite', 'cross-env A=1 vite build --outDir=out', {}, 'out', 'index.html'],
    ['vite', 'vite build', { 'vite.config.ts': "export default {\n  build: { outDir: './site/web/' } }" }, 'site/web', 'index.html'],
    ['vite', 'vite build', { 'vite.config.ts': "build: { outDir: path.resolve(__dirname, 'www') }" }, 'www', 'index.html'],
    ['vite', 'vite build', { 'vite.config.js': "// outDir: 'no'\nexport default {}" }, 'dist', 'index.html'],
    ['react-scripts', 'react-scripts build', {}, 'build', 'index.html'],
    ['react-scripts', 'BUILD_PATH=./dist react-scripts build', {}, 'dist', 'index.html'],
    ['@craco/craco', 'craco build', {}, 'build', 'index.html'],
    ['@vue/cli-service', 'vue-cli-service build', {}, 'dist', 'index.html'],
    ['@vue/cli-service', 'vue-cli-service build', { 'vue.config.js': "module.exports = { outputDir: 'www' }" }, 'www', 'index.html'],
    ['parcel', 'parcel build src/index.html --dist-dir public_html', {}, 'public_html', 'index.html'],
    ['html-webpack-plugin', 'webpack --mode production', {}, 'dist', 'index.html'],
    [
      'html-webpack-plugin',
      'webpack --config config/webpack.prod.js',
      { 'config/webpack.prod.js': "output: { path: path.resolve(__dirname, '../bundle') }" },
      'bundle',
      'index.html',
    ],
    ['@angular/core', 'ng build', { 'angular.json': angular({ outputPath: 'dist/web' }) }, 'dist/web/browser', 'index.html'],
    ['@angular/core', 'ng build', { 'angular.json': angular({}) }, 'dist/shop/browser', 'index.html'],
    ['@angular/core', 'ng build', { 'angular.json': angular({ outputPath: { base: 'www', browser: '' } }) }, 'www', 'index.html'],
    [
      '@angular/core',
      'ng build',
      { 'angular.json': angular({ outputPath: 'dist/web' }, '@angular-devkit/build-angular:browser') },
      'dist/web',
      'index.html',
    ],
    ['astro', 'astro check && astro build', {}, 'dist', undefined],
    ['astro', 'astro build', { 'astro.config.mjs': "outDir: './public_html'" }, 'public_html', undefined],
    ['gatsby', 'gatsby build', {}, 'public', undefined],
    ['@docusaurus/core', 'docusaurus build', {}, 'build', undefined],
    ['@docusaurus/core', 'docusaurus build --out-dir site', {}, 'site', undefined],
    ['vitepress', 'vitepress build', {}, '.vitepress/dist', undefined],
    ['vitepress', 'vitepress build docs', {}, 'docs/.vitepress/dist', undefined],
    ['vitepress', 'vitepress build docs', { 'docs/.vitepress/config.mts': "outDir: '../public'" }, 'public', undefined],
    ['@11ty/eleventy', 'eleventy', {}, '_site', undefined],
    ['@11ty/eleventy', 'eleventy --output=dist', {}, 'dist', undefined],
    ['@11ty/eleventy', 'npx @11ty/eleventy', { '.eleventy.js': "module.exports = { dir: { output: 'www' } }" }, 'www', undefined],
    ['next', 'next build', { 'next.config.mjs': "  output: 'export',\n  distDir: 'web'," }, 'web', undefined],
    ['nuxt', 'nuxt generate', {}, '.output/public', undefined],
    ['@react-router/dev', 'react-router build', { 'react-router.config.ts': '  ssr: false,' }, 'build/client', 'index.html'],
    ['@sveltejs/kit', 'vite build', { 'svelte.config.js': "import adapter from '@sveltejs/adapter-static'" }, 'build', undefined],
    [
      '@sveltejs/kit',
      'vite build',
      { 'svelte.config.js': "import adapter from '@sveltejs/adapter-static'\nadapter({ pages: 'www', fallback: '200.html' })" },
      'www',
      '200.html',
    ],
    // It is no page for other addresses.
    [
      '@sveltejs/kit',
      'vite build',
      { 'svelte.config.js': "import adapter from '@sveltejs/adapter-static'\nadapter({ fallback: '404.html' })" },
      'build',
      undefined,
    ],
  ])('of %s by `%s`, with %j', (name, build, texts, folder, fallback) => {
    const app = made(name, build, texts)
    expect([app.found.start?.value, app.site?.folder, app.site?.fallback, app.site?.tool]).toEqual([folder, folder, fallback, name])
    expect(app.questions).toEqual([])
  })

  it('of Nuxt 2 is another one', () =>
    expect(detect({ dependencies: { nuxt: '^2.18.1' }, scripts: { build: 'nuxt generate' } }).site?.folder).toBe('dist'))

  it('is counted from the folder that Vite is told of', () => {
    const texts = { 'vite.config.js': "export default {\n  root: 'web',\n  build: { outDir: '../dist' } }" }
    expect(made('vite', 'vite build', texts, ['web/index.html']).site?.folder).toBe('dist')
    expect(made('vite', 'vite build web', {}, ['web/index.html']).site?.folder).toBe('web/dist')
  })

  it('is the usual one, with a word, where only the tool can read which', () => {
    const app = made('vite', 'vite build', { 'vite.config.ts': 'build: {\n  outDir: folder,\n}' })
    expect(app.site?.folder).toBe('dist')
    expect(app.notices.find(({ code }) => code === 'site-folder-unread')?.because).toMatchObject([{ file: 'vite.config.ts', line: 2 }])
    expect(codes(made('vite', 'vite build'))).not.toContain('site-folder-unread')
  })

  it('is shown by the line that names it, and the script', () => {
    const app = made('vite', 'vite build', { 'vite.config.ts': "export default {\n  build: {\n    outDir: 'www',\n" })
    expect(app.site?.because).toEqual([
      { file: 'vite.config.ts', line: 3, saw: "outDir: 'www'," },
      { file: 'package.json', line: 6, saw: '"build": "vite build"' },
    ])
  })
})

describe('a site', () => {
  it.each([
    ['vite preview', {}],
    ['npx serve -s dist', {}],
    ['http-server dist', { 'http-server': '^14.0.0' }],
    ['vite', {}],
  ])('is what only %s would serve', (start, more) => {
    const app = detect({ devDependencies: { vite: '^8.0.0', ...more }, scripts: { build: 'vite build', start } }, page)
    expect(app.site?.folder).toBe('dist')
  })

  it('is one although `main` names a file that is for browsers, or not there', () => {
    const manifest = { main: 'main.js', devDependencies: { vite: '^8.0.0' }, scripts: { build: 'vite build' } }
    expect(detect(manifest, { ...page, 'main.js': "import './style.css'\n" }).site?.folder).toBe('dist')
    expect(detect(manifest, page).site?.folder).toBe('dist')
    const app = detect(manifest, { ...page, 'main.js': 'app.listen(3000)' })
    expect([app.site, app.found.start?.value]).toEqual([undefined, 'main.js'])
  })

  it('of webpack has sources that no node starts', () => {
    const manifest = { devDependencies: { 'html-webpack-plugin': '^5.0.0' }, scripts: { build: 'webpack', start: 'webpack serve' } }
    expect(detect(manifest, { 'src/index.js': "document.getElementById('a')" }).site?.folder).toBe('dist')
    expect(detect(manifest, { 'src/index.js': 'app.listen(3000)' }).site).toBeUndefined()
  })

  it('takes nothing from its environment, talks to nothing and has no port of its own', () => {
    const texts = {
      ...page,
      'vite.config.js': 'server: { port: 5173, proxy: process.env.API_URL }',
      '.env.example': 'PORT=5000\nDB_PASSWORD=x\n',
    }
    const app = detect({ devDependencies: { vite: '^8.0.0', pg: '^8.0.0' }, scripts: { build: 'vite build' } }, texts)
    expect([app.found.port, app.variables, app.services, app.processes, app.environment]).toEqual([undefined, [], [], [], {}])
  })

  it('is built with the variables that every visitor may see, and without what sounds secret', () => {
    const texts = { '.env': 'VITE_A=1\nVITE_B=old\nOTHER=2\n', '.env.production': 'VITE_B=https://b.example.org\nVITE_API_KEY=abc\n' }
    const app = made('vite', 'vite build', texts)
    expect(app.build.environment).toEqual({ VITE_A: '1', VITE_B: 'https://b.example.org' })
    expect(app.notices).toMatchObject([
      { code: 'lockfile-missing' },
      { code: 'site-variables-left-out', text: expect.stringContaining('without VITE_API_KEY:') },
    ])
  })

  it('says that settings of another server are not taken over', () =>
    expect(codes(made('vite', 'vite build', {}, ['index.html', 'docker/nginx.conf']))).toContain('site-own-settings'))

  it.each([
    ['vite', 'vite build', { 'vite.config.ts': "export default {\n  base: '/shop/',\n}" }, '/shop/'],
    ['vite', 'vite build', { 'vite.config.ts': "export default {\n  base: './',\n}" }, undefined],
    ['vite', 'vite build', { 'vite.config.ts': "export default {\n  base: '/a b;/',\n}" }, undefined],
    ['astro', 'astro build', { 'astro.config.mjs': "base: '/docs/v1'" }, '/docs/v1/'],
    ['vite', 'vite build', { 'vite.config.ts': "base: process.env.NODE_ENV === 'production'\n ? '/shop/' : '/'," }, '/shop/'],
  ])('of %s may be asked for below a path: %#', (name, build, texts, base) => {
    const app = made(name, build, texts)
    expect([app.site?.base?.path, app.found.health?.value]).toEqual([base, base])
  })

  it('of Create React App may be asked for below the path of its home page', () => {
    const manifest = { homepage: 'https://me.github.io/tides', dependencies: { 'react-scripts': '5.0.1' } }
    expect(detect({ ...manifest, scripts: { build: 'react-scripts build' } }, {}, ['public/index.html']).site?.base?.path).toBe('/tides/')
  })
})

describe('no site', () => {
  it.each<[why: string, name: string, build: string, texts: Texts, others?: readonly string[]]>([
    ['a server of Next.js', 'next', 'next build', {}],
    ['Next.js with a tool beside it', 'next', 'next build', { 'vite.config.ts': '' }],
    ['an adapter of Astro', 'astro', 'astro build', { 'astro.config.mjs': '  adapter: vercel(),' }],
    ['another adapter of SvelteKit', '@sveltejs/kit', 'vite build', { 'svelte.config.js': "import adapter from '@sveltejs/adapter-auto'" }],
    ['a server of React Router', '@react-router/dev', 'react-router build', {}],
    [
      'a server of Angular',
      '@angular/core',
      'ng build',
      { 'angular.json': angular({ outputPath: 'dist/a', ssr: { entry: 'src/server.ts' } }) },
    ],
    ['no settings of Angular', '@angular/core', 'ng build', {}],
    ['a library', 'vite', 'vite build', { 'vite.config.ts': "  build: {\n    lib: { entry: 'src/index.ts' },\n" }],
    ['no page', 'vite', 'vite build', {}, []],
    ['rendering on a server', 'vite', 'vite build && vite build --ssr src/entry.js', {}],
    ['no build of it', 'vite', 'tsc', {}],
    ['a folder elsewhere', 'vite', 'vite build --outDir ../backend/static', {}],
    ['a folder with a quote', 'vite', 'vite build', { 'vite.config.ts': 'outDir: "a\'; rm -rf b"' }],
    ['the repository itself', 'vite', 'vite build --outDir .', {}],
    ['a program for the desktop', 'electron', 'vite build', {}],
    ['a program in PHP', 'vite', 'vite build', {}, ['index.html', 'composer.json']],
  ])('is %s', (_, name, build, texts, others) => {
    const manifest = { devDependencies: { [name]: '^6.0.0', vite: '^8.0.0' }, scripts: { build } }
    const app = detect(manifest, texts, others ?? ['index.html'])
    expect([app.site, app.found.start]).toEqual([undefined, undefined])
    expect(app.questions).toMatchObject([{ key: 'start' }])
  })

  it('is a program with files for browsers', () => {
    const manifest = { dependencies: express.dependencies, devDependencies: { vite: '^8.0.0' } }
    const texts = { ...page, 'server.js': "app.listen(3000)\nres.sendFile('dist/index.html')" }
    const app = detect({ ...manifest, scripts: { build: 'vite build', start: 'node server.js' } }, texts)
    expect([app.site, app.found.start?.value]).toEqual([undefined, 'server.js'])
    expect(detect({ ...manifest, scripts: { build: 'vite build', start: 'node lost.js' } }, page).site).toBeUndefined()
  })

  it('is what an installed server serves already', () => {
    const manifest = { dependencies: { serve: '^14.0.0', vite: '^8.0.0' }, scripts: { build: 'vite build', start: 'serve -s dist' } }
    const app = detect(manifest, page)
    expect([app.site, app.found.start?.value]).toEqual([undefined, 'node_modules/serve/build/main.js'])
  })
})
