import { expect, it } from 'vitest'
import type { Tree } from '../model/tree.ts'
import { ownEnvironment } from './own-environment.ts'

const read = (env: string, code: string): Readonly<Record<string, string>> => {
  const dockerfile = `FROM node:24 AS build\nENV STAGE=build\nFROM node:24\n${env}\n`
  const tree: Tree = { files: new Set(), folders: new Set(), texts: new Map([['Dockerfile', dockerfile]]), unread: new Map() }
  return ownEnvironment(tree, [code])
}

it.each([
  ['ENV SOURCE="docker"', 'if (process.env.SOURCE === "docker") skip()', { SOURCE: 'docker' }],
  ['ENV LOG_LEVEL info', 'os.Getenv("LOG_LEVEL")', { LOG_LEVEL: 'info' }],
  ['ENV IS_DOCKER=1 WORKERS=4', 'const { env } = process; env.WORKERS', { WORKERS: '4' }],
  ['ENV SOURCE=docker', '// SOURCE: somewhere', {}],
  ['ENV STAGE_OTHER=1', 'process.env.STAGE', {}],
  ['ENV PORT=80 API_PORT=81 DB_HOST=db API_URL=x NODE_ENV=test', 'env.PORT env.API_PORT env.DB_HOST env.API_URL env.NODE_ENV', {}],
  ['ENV API_KEY=abc JWT_SECRET=abc', 'env.API_KEY env.JWT_SECRET', {}],
  ['ENV CONFIG_PATH=/config VERSION=$VERSION NAME="a b"', 'env.CONFIG_PATH env.VERSION env.NAME', {}],
  ['ENV DEBUG=true NODE_TLS_REJECT_UNAUTHORIZED=0', 'env.DEBUG env.NODE_TLS_REJECT_UNAUTHORIZED', {}],
])('%s for %s', (env, code, expected) => expect(read(env, code)).toEqual(expected))
