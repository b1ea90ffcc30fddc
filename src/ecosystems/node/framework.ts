import { evidenceAt } from '../search.ts'
import { type Context, plain, type Start } from './command.ts'
import { installed } from './lock.ts'
import { bare } from './programs.ts'

interface BuiltServer {
  readonly package: string
  readonly config: RegExp
  /** Where the framework's settings say that it builds a server for Node.js, and only then. */
  readonly sign: RegExp
  /** Its folder, when the settings name another one. */
  readonly folder: RegExp
  readonly usualFolder: string
  readonly file: string
}

// A folder in the settings, as one string.
const setting = (key: string): RegExp => new RegExp(String.raw`^[^/\n]{0,200}?\b${key}[ \t]*:[ \t]*['"]([^'"\n]{1,200})['"]`, 'm')

// Sources: the deployment pages of SvelteKit's and Astro's adapters for Node.js, and of Nuxt 3.
const builtServers: readonly BuiltServer[] = [
  {
    package: '@sveltejs/adapter-node',
    config: /^svelte\.config\.[cm]?[jt]s$/,
    sign: /^import\b[^;\n]{1,80}\bfrom[ \t]*['"]@sveltejs\/adapter-node['"]/m,
    folder: setting('out'),
    usualFolder: 'build',
    file: 'index.js',
  },
  {
    package: '@astrojs/node',
    config: /^astro\.config\.[cm]?[jt]s$/,
    sign: /^[^/\n]{0,200}?\bmode[ \t]*:[ \t]*['"]standalone['"]/m,
    folder: setting('outDir'),
    usualFolder: 'dist',
    file: 'server/entry.mjs',
  },
  {
    package: 'nuxt',
    config: /^nuxt\.config\.[cm]?[jt]s$/,
    sign: /(?:)/,
    folder: /(?!)/,
    usualFolder: '.output',
    file: 'server/index.mjs',
  },
]

const adapters = [
  ['@sveltejs/kit', '@sveltejs/adapter-node'],
  ['astro', '@astrojs/node in its mode standalone'],
] as const

/** With what a framework makes a server for Node.js, which makes one for another place with another adapter. */
export function adapterFor({ dependencies, devDependencies }: Context['manifest']): string | undefined {
  return adapters.find(([name]) => name in dependencies || name in devDependencies)?.[1]
}

/** The server that the build of a framework makes, where no script starts it: developers see it only when they deploy. */
export function fromFramework(context: Context): Start | undefined {
  const { tree, manifest } = context
  if (!/\bbuild\b/.test(manifest.scripts['build'] ?? '')) return undefined
  for (const row of builtServers) {
    const named = manifest.dependencies[row.package] ?? manifest.devDependencies[row.package]
    const [file = '', text = ''] = [...tree.texts].find(([path]) => row.config.test(path)) ?? []
    const sign = row.sign.exec(text)
    if (named === undefined || file === '' || sign === null || (row.package === 'nuxt' && !hasNodeServer(context, named, text))) continue
    const folder = bare(row.folder.exec(text)?.[1] ?? row.usualFolder).replace(/\/$/, '')
    return plain(`${folder}/${row.file}`, evidenceAt(file, text, sign.index))
  }
  return undefined
}

/** Nuxt makes a server since release 3, for Node.js unless another place to run is named. */
function hasNodeServer({ lock }: Context, named: string, settings: string): boolean {
  const release = installed(lock, 'nuxt')?.version ?? named
  const preset = setting('preset').exec(settings)?.[1] ?? 'node-server'
  return !/^\D{0,2}[12]\./.test(release) && /^node(?:[-_]server)?$/.test(preset)
}
