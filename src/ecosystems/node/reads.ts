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
    '.yarnrc.yml',
    'Procfile',
    'Dockerfile',
    'angular.json',
    // Where Nx puts what it builds.
    'project.json',
    // Where Angular finds fonts to bring.
    'index.html',
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
    // Where Next.js is told of fonts.
    'layout.tsx',
    'layout.jsx',
    'page.tsx',
    '_app.tsx',
    '_app.jsx',
    '_document.tsx',
    'fonts.tsx',
  ],
  endings: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.prisma'],
}
