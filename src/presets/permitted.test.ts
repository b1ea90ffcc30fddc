import { DockerfileParser } from 'dockerfile-ast'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { holds, runs } from '../../test/laws/hostile.ts'
import type { BlockName } from '../model/preset.ts'
import { offence } from './permitted.ts'

const why = (block: BlockName, text: string): string | undefined => offence(block, text.split('\n'))?.why

describe('blocks of the Dockerfile', () => {
  it.each<[BlockName, string]>([
    ['before-install', 'RUN echo a \\\n    && echo b\n# why\nENV A="x" \\\n    B="y"'],
    ['before-install', 'RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --network=none npm config get registry'],
    ['after-install', 'COPY --link --from=registry.acme.example/agent:1.2 --chmod=0555 /agent /opt/agent'],
    ['final-stage', 'COPY --from=build /a /b\nLABEL com.acme.team="payments"\nENV OTEL_SERVICE_NAME="shop"'],
    ['final-stage', ''],
  ])('%s may hold %j', (block, text) => {
    expect(why(block, text)).toBeUndefined()
  })

  it.each<[BlockName, string, string]>([
    ['before-install', 'FROM scratch', 'only COPY, ENV, RUN'],
    ['before-install', 'USER root', 'only COPY'],
    ['before-install', 'ADD https://acme.example/x /x', 'only COPY'],
    ['before-install', 'ONBUILD RUN id', 'only COPY'],
    ['before-install', 'SHELL ["sh"]', 'only COPY'],
    ['final-stage', 'RUN id', 'only COPY, ENV, LABEL'],
    ['final-stage', '  user root', 'only COPY'],
    ['final-stage', 'ENTRYPOINT ["sh"]', 'only COPY'],
    ['final-stage', 'HEALTHCHECK NONE', 'only COPY'],
    ['final-stage', '"USER" root', 'only COPY'],
    ['before-install', 'RUN echo a \\', 'swallow'],
    ['before-install', 'RUN echo a \\  ', 'swallow'],
    ['before-install', 'RUN echo a \\\n\n# b\n', 'swallow'],
    ['before-install', 'RUN echo \\\\\nUSER root', 'not clear'],
    ['before-install', 'RUN\\\n id', 'only COPY'],
    ['before-install', 'RUN cat <<EOF', 'here-document'],
    ['before-install', 'RUN cat <\\\n<EOF', 'here-document'],
    ['before-install', 'RUN --security=insecure id', '--security=insecure'],
    ['before-install', 'RUN --network=host id', '--network=host'],
    ['before-install', 'RUN --mount=type=bind,source=/,target=/x id', '--mount=type=bind'],
    ['before-install', 'RUN --mount=type=cache,from=evil,target=/x id', '--mount=type=cache'],
    ['before-install', 'RUN --device=x id', '--device'],
    ['before-install', 'RUN \\\n --network=host id', '--network=host'],
    ['final-stage', 'COPY . .', 'only from an image'],
    ['final-stage', 'COPY --from=x --chown=1 /a /b', '--chown=1'],
    ['final-stage', 'COPY --from=x --chmod=4755 /a /b', '--chmod=4755'],
    ['final-stage', 'COPY --from=x --chmod=777 /a /b', '--chmod=777'],
    ['final-stage', 'COPY --from=x --chmod=u+s /a /b', '--chmod=u+s'],
    ['final-stage', 'COPY --from=$X /a /b', 'only from an image'],
    ['final-stage', 'ENV PATH=/x', 'PATH is not for a block'],
    ['final-stage', 'ENV A=1 \\\n LD_PRELOAD=/x', 'LD_PRELOAD is not for a block'],
    ['final-stage', 'ENV A=1 node_tls_reject_unauthorized=0', 'node_tls_reject_unauthorized is not'],
    ['final-stage', 'ENV A=1 \\\n# x\n\n PAT\\\nH=/x', 'PATH is not for a block'],
    ['final-stage', 'ENV PATH /x', 'NAME=value'],
    ['final-stage', 'ENV NPM_TOKEN=x', 'sounds like a secret'],
    ['before-install', 'ENV DATABASE_PASSWORD=x', 'sounds like a secret'],
    ['before-install', 'ARG A', 'only COPY'],
    ['before-install', '# hadolint ignore=DL3008', 'silence'],
    ['before-install', 'RUN id # checkov:skip=CKV', 'silence'],
    ['before-install', 'RUN a\u2028USER root', 'control character'],
    ['before-install', 'RUN\ta', 'control character'],
    ['before-install', 'RUN a\n'.repeat(600), 'at most 500 lines'],
  ])('%s may not hold %j', (block, text, reason) => {
    expect(why(block, text)).toContain(reason)
  })

  it('leave every other instruction what it is, to another parser too', () => {
    const word = fc.constantFrom(
      'RUN',
      'USER',
      'FROM',
      'ENV A=b',
      'COPY --from=x',
      'root',
      '\\',
      '\n',
      '#',
      '<<EOF',
      'EOF',
      '"',
      "'",
      ' ',
      'LABEL a=b',
      '[',
      '\\\n',
      '<',
      '\r',
    )
    const keywords = (text: string): readonly string[] =>
      DockerfileParser.parse(text)
        .getInstructions()
        .map((i) => i.getKeyword())
    let passed = 0
    holds(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const lines = words
          .join(' ')
          .split('\n')
          .map((line) => line.trimEnd())
        if (offence('before-install', lines) !== undefined) return
        passed += 1
        const inside = keywords(`FROM a\n${lines.join('\n')}\nUSER 1\nCMD ["x"]\n`)
        expect(inside.slice(-2)).toEqual(['USER', 'CMD'])
        expect(['COPY', 'ENV', 'RUN']).toEqual(expect.arrayContaining([...new Set(inside.slice(1, -2))]))
      }),
      5000,
    )
    expect(passed).toBeGreaterThan(runs(5000).numRuns / 50)
  })
})

describe('the block of the compose service', () => {
  it('may add what takes nothing away, and stays in its service', () => {
    const text =
      'labels:\n  com.acme.team: payments\n  # why\n  com.acme.cost: "$$5"\ndns:\n- 10.0.0.1\nannotations:\n  note: |\n    user: root'
    expect(why('compose-service', text)).toBeUndefined()
    const indented = text
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n')
    expect(parse(`services:\n  web:\n    user: "1"\n${indented}\nnetworks: {}\n`)).toEqual({
      services: { web: { user: '1', ...(parse(text) as object) } },
      networks: {},
    })
  })

  it.each([
    ['privileged: true', 'only annotations'],
    ['user: root', 'only annotations'],
    ['cap_add: [ALL]', 'only annotations'],
    ['network_mode: host', 'only annotations'],
    ['volumes: [/:/host]', 'only annotations'],
    ['read_only: false', 'only annotations'],
    ['"labels": {}', 'plainly'],
    ['? labels\n: {}', 'plainly'],
    ['{labels: {a: b}}', 'one on a line'],
    ['- a', 'one on a line'],
    ['labels: {a: b}\nlabels: {a: c}', 'not YAML'],
    ['labels: {a: b', 'not YAML'],
    ['labels: &a {a: b}', 'anchors'],
    ['labels: {a: !reset x}', 'tags'],
    ['labels:\n  <<: {a: b}', 'merged'],
    [`labels: {a: "\${HOME}"}`, 'a $ would read'],
    ['labels: {a: $$$HOME}', 'a $ would read'],
    ['labels: {a: b}\n---\nuser: root', 'not YAML'],
    ['labels: {a: b}\n...', 'more than one document'],
    ['labels:\n\ta: b', 'control character'],
    ['# checkov:skip=CKV', 'silence'],
  ])('may not hold %j', (text, reason) => {
    expect(why('compose-service', text)).toContain(reason)
  })
})

describe('the block of ignored files', () => {
  it('may only shut out', () => {
    expect(why('ignore', '# ours\n**/*.sqlite3\nsecrets/')).toBeUndefined()
    expect(why('ignore', '!**/.env')).toContain('let in again')
    expect(why('ignore', '  !x')).toContain('let in again')
  })
})
