import type { Reads } from '../../model/tree.ts'

/** Files that detection reads. */
export const nodeReads: Reads = {
  names: [
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'yarn.lock',
    '.nvmrc',
    '.node-version',
    '.tool-versions',
    '.npmrc',
    'Procfile',
    'Dockerfile',
    'tsconfig.json',
    'tsconfig.build.json',
    'tsconfig.prod.json',
    'ecosystem.config.json',
    'pm2.json',
    'process.json',
    'config.json',
    'default.json',
    'production.json',
    'default.yaml',
    'default.yml',
    'production.yaml',
    'www',
  ],
  endings: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.prisma'],
}
