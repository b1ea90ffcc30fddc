import { describe, expect, it } from 'vitest'
import { findVariables } from './variables.ts'

function read(texts: Readonly<Record<string, string>>) {
  const tree = {
    files: new Set(Object.keys(texts)),
    folders: new Set<string>(),
    texts: new Map(Object.entries(texts)),
    unread: new Map<string, string>(),
  }
  const files = Object.keys(texts).filter((file) => /\.[jt]s$/.test(file))
  return findVariables(tree, files, ['SET']).map(
    ({ name, default: given, required }) => `${name}${required ? '!' : ''}${given === undefined ? '' : `=${given}`}`,
  )
}

describe('findVariables', () => {
  it.each([
    ['process.env.API_URL', ['API_URL']],
    ["process.env['API_URL'] ?? 'http://a'", ['API_URL=http://a']],
    ['Number(process.env.LIMIT || 20)', ['LIMIT=20']],
    ['process.env.API_URL || other()', ['API_URL']],
    ['process.env.AA ? 1 : 2', ['AA=']],
    ['if (process.env.AA) {}', ['AA=']],
    ['if (!process.env.AA) throw new Error()', ['AA!']],
    ["if (!process.env.AA) {\n  console.error('AA?')\n  process.exit(1)\n}", ['AA!']],
    ['process.env.AA!', ['AA']],
    ['process.env.AA = 1', []],
    ['// process.env.AA', []],
    ['process.env.SET', []],
    ['process.env.NODE_ENV', []],
    ['process.env.VITE_KEY', []],
    ["const { AA = 'x', BB: b, CC } = process.env", ['AA=x', 'BB', 'CC']],
    ['const env = process.env\nenv.AA || 1', ['AA=1']],
    ["configService.get<string>('AA', 'x')", ['AA=x']],
    ["this.config.getOrThrow('AA')", ['AA!']],
    ["env.get('AA').required().asString()", ['AA!']],
    ["env.get('AA').default('x')", ['AA=x']],
    ['z.object({ AA: z.string(), BB: z.string().optional(), CC: z.coerce.number().default(3) }).parse(process.env)', ['AA!', 'BB', 'CC=3']],
    [
      'Joi.object({ AA: Joi.string().required(), BB: Joi.number().default(1), CC: Joi.string() }).validate(process.env)',
      ['AA!', 'BB=1', 'CC'],
    ],
    ['process.env; Env.create({ AA: Env.schema.string() })', ['AA!']],
    ['cleanEnv(process.env, { AA: str(), BB: port({ default: 1 }) })', ['AA!', 'BB=1']],
  ])('%s', (code, expected) => {
    expect(read({ 'a.ts': code })).toEqual(expected)
  })

  it('adds what an example names, without its value, and what Prisma reads', () => {
    const texts = {
      '.env.example': 'AA=hush\nexport BB=1\n# CC=2\n',
      'prisma/schema.prisma': 'url = env("DATABASE_URL")\n// x = env("OLD")\n',
    }
    expect(read(texts)).toEqual(['AA', 'BB', 'DATABASE_URL!'])
  })

  it('reads the fields of a class that the environment is held against', () => {
    const of = (fields: string) =>
      read({ 'a.ts': `import { IsString } from 'class-validator'\nclass Env {\n${fields}\n}\ncheck(process.env, Env)\n` })
    expect(
      of(
        '  @IsEnum(Kind)\n  AA: Kind;\n\n  @IsInt()\n  @IsOptional()\n  BB: number;\n\n  @ValidateIf((e) =>\n    e.AA,\n  )\n  @IsUrl()\n  CC: string;',
      ),
    ).toEqual(['AA!', 'BB', 'CC'])
    expect(of("  @IsString()\n  AA?: string;\n\n  @IsString()\n  BB: string = 'b';\n\n  other: string;")).toEqual(['AA', 'BB'])
  })
})
