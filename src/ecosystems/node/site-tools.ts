/** A tool that makes files for a browser, and how to tell where it puts them. */
export interface SiteTool {
  /** The packages that bring it. */
  readonly packages: readonly string[]
  /** The command that makes the files. */
  readonly runs: RegExp
  /** Its settings, and what names the folder there. */
  readonly config: RegExp
  readonly key?: string
  /** What names the folder in the command. */
  readonly flag?: RegExp
  /** The folder that it makes when nothing names another one. */
  readonly usual: string
  /** What its settings name the path by under which the files are asked for. */
  readonly base?: string
  /** What it counts from is named behind the word `build`, or as `root` in its settings. */
  readonly rooted?: true
  /** It makes a page for each address, so that one without a file is missing; else its code draws every address into one page. */
  readonly pages?: true
  /** It is a framework whose build makes a server as well: a site only where this is said in its settings or its command. */
  readonly only?: RegExp
  /** Never a site where its settings or its command say this. */
  readonly unless?: RegExp
  /** The page that it draws everything into, beside the folder; without it a library is built. */
  readonly page?: string
}

const never = /(?!)/

// Frameworks come first: what they are built with is a tool of its own elsewhere. From the documentation of each, 2026-11-26.
export const siteTools: readonly SiteTool[] = [
  {
    packages: ['next'],
    runs: /\bnext (?:build|export)\b/,
    config: /^next\.config\.[cm]?[jt]s$/,
    key: 'distDir',
    usual: 'out',
    base: 'basePath',
    pages: true,
    only: /^\s*output\s*:\s*['"]export['"]/m,
  },
  {
    packages: ['nuxt'],
    runs: /\bnuxi? generate\b|\bnuxt(?:i)? (?:generate|build)\b/,
    config: /^nuxt\.config\.[cm]?[jt]s$/,
    usual: '.output/public',
    base: 'baseURL',
    pages: true,
    only: /\bnux(?:t|i) generate\b|\bpreset\s*:\s*['"](?:static|github[-_]pages)['"]/,
  },
  {
    packages: ['@sveltejs/kit'],
    runs: /\bvite\b.*\bbuild\b/,
    config: /^svelte\.config\.[cm]?[jt]s$/,
    key: 'pages',
    usual: 'build',
    base: 'base',
    pages: true,
    only: /^import\b[^;\n]{1,80}\bfrom[ \t]*['"]@sveltejs\/adapter-static['"]/m,
  },
  {
    packages: ['@react-router/dev', '@remix-run/dev'],
    runs: /\b(?:react-router build|remix vite:build)\b/,
    config: /^(?:react-router|vite)\.config\.[cm]?[jt]s$/,
    usual: 'build/client',
    base: 'basename',
    only: /^[^/\n]{0,200}?\bssr\s*:\s*false\b/m,
  },
  {
    packages: ['astro'],
    runs: /\bastro build\b/,
    config: /^astro\.config\.[cm]?[jt]s$/,
    key: 'outDir',
    flag: /^--outDir(?:=(.+))?$/,
    usual: 'dist',
    base: 'base',
    pages: true,
    unless: /^[^/\n]{0,200}?\b(?:adapter\s*:|output\s*:\s*['"](?:server|hybrid)['"])/m,
  },
  {
    packages: ['@docusaurus/core'],
    runs: /\bdocusaurus build\b/,
    config: /^docusaurus\.config\.[cm]?[jt]s$/,
    flag: /^--out-dir(?:=(.+))?$/,
    usual: 'build',
    base: 'baseUrl',
    pages: true,
  },
  {
    packages: ['vitepress'],
    runs: /\bvitepress build\b/,
    config: /(?:^|\/)\.vitepress\/config\.[cm]?[jt]s$/,
    key: 'outDir',
    usual: '.vitepress/dist',
    base: 'base',
    pages: true,
    rooted: true,
  },
  {
    packages: ['@11ty/eleventy'],
    runs: /\beleventy\b(?!.*--(?:serve|watch)\b)/,
    config: /^(?:\.eleventy|eleventy\.config)\.[cm]?js$/,
    key: 'output',
    flag: /^--output(?:=(.+))?$/,
    usual: '_site',
    base: 'pathPrefix',
    pages: true,
  },
  { packages: ['gatsby'], runs: /\bgatsby build\b/, config: /^gatsby-config\.[cm]?[jt]s$/, usual: 'public', pages: true },
  { packages: ['@angular/core'], runs: /\bng build\b/, config: never, flag: /^--output-path(?:=(.+))?$/, usual: 'dist/<name>/browser' },
  {
    packages: ['react-scripts', '@craco/craco', 'react-app-rewired'],
    runs: /\b(?:react-scripts|craco|react-app-rewired) build\b/,
    config: never,
    flag: /^BUILD_PATH(?:=(.+))?$/,
    usual: 'build',
    page: 'public/index.html',
  },
  {
    packages: ['@vue/cli-service'],
    runs: /\bvue-cli-service build\b/,
    config: /^vue\.config\.[cm]?[jt]s$/,
    key: 'outputDir',
    flag: /^--dest(?:=(.+))?$/,
    usual: 'dist',
    base: 'publicPath',
    unless: /--target (?:lib|wc)\b/,
  },
  {
    packages: ['parcel', 'parcel-bundler'],
    runs: /\bparcel build\b(?=.*\.html?\b)/,
    config: never,
    flag: /^(?:--dist-dir|--out-dir|-d)(?:=(.+))?$/,
    usual: 'dist',
  },
  {
    packages: ['vite'],
    runs: /\bvite\b.*\bbuild\b/,
    config: /^vite\.config\.[cm]?[jt]s$/,
    key: 'outDir',
    flag: /^--outDir(?:=(.+))?$/,
    usual: 'dist',
    base: 'base',
    rooted: true,
    unless: /--ssr\b|^[^/\n]{0,200}?\bbuild\s*:\s*\{[^}]{0,400}\blib\s*:/m,
    page: 'index.html',
  },
  {
    packages: ['html-webpack-plugin'],
    runs: /\bwebpack\b(?! (?:serve|watch)\b)/,
    config: /^(?:(?:build|config|webpack)\/)?webpack[\w.-]*\.[cm]?[jt]s$/,
    key: 'path',
    flag: /^(?:--output-path|-o)(?:=(.+))?$/,
    usual: 'dist',
    base: 'publicPath',
  },
]

/** Packages of programs that are more than their files for browsers: a server, or a browser of their own. */
export const notSites: ReadonlySet<string> = new Set(
  `@adonisjs/core @builder.io/qwik-city @crxjs/vite-plugin @inertiajs/inertia @inertiajs/react @inertiajs/svelte @inertiajs/vue3 @nestjs/core @redwoodjs/core @solidjs/start
  @tanstack/react-start @tanstack/start blitz electron laravel-mix laravel-vite-plugin nw plasmo solid-start vike vinxi vite-plugin-rails vite-plugin-ruby vite-plugin-ssr wxt`.split(
    /\s+/,
  ),
)

// At the root of a repository these show that its program is written in another language: what Node.js makes there is only a part of it.
export const otherPrograms =
  /^(?:artisan|composer\.json|Gemfile|mix\.exs|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|go\.mod|manage\.py|pyproject\.toml|requirements\.txt|[^/]+\.(?:sln|csproj|fsproj))$/
