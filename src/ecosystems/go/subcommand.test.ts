import { describe, expect, it } from 'vitest'
import { parseFile } from './source.ts'
import { subcommandOf } from './subcommand.ts'

const cobra = 'package cmd\n\nimport "github.com/spf13/cobra"\n\n'
const command = (variable: string, use: string, rest = '\tRunE:  run,\n') =>
  `var ${variable} = &cobra.Command{\n\tUse:   "${use}",\n\tShort: "text with { braces",\n${rest}}\n\n`
const of = (text: string) => subcommandOf([parseFile('cmd/a.go', text)], 'shop')

describe('the command that serves', () => {
  it('is that of a program which does nothing alone, with its line', () =>
    expect(of(cobra + command('rootCmd', 'shop', '') + command('serveCmd', 'serve [flags]'))).toEqual({
      value: 'serve',
      from: 'detected',
      because: [{ file: 'cmd/a.go', line: 11, saw: 'Use:   "serve [flags]",' }],
    }))

  it.each([
    ['is not needed where the program runs alone', command('rootCmd', 'shop') + command('serveCmd', 'serve'), undefined],
    ['is not needed where the program has no name', command('cmd', '') + command('serveCmd', 'serve'), undefined],
    ['is not needed where that is said later', `${command('serveCmd', 'serve')}func init() {\n\trootCmd.RunE = run\n}\n`, undefined],
    ['is needed where it only prints its help', command('rootCmd', 'shop', '\tRun: func() { cmd.Help() },\n') + command('a', 'run'), 'run'],
    ['is the likeliest of several', command('a', 'run') + command('b', 'start') + command('c', 'version'), 'start'],
    ['is none that needs an argument', command('a', 'serve', '\tArgs: cobra.ExactArgs(1),\n\tRunE: run,\n'), undefined],
    [
      'is one whose description is laid out freely',
      command('a', 'serve', '\tLong: `Serves.\n\n  $ shop serve\nand so on`,\n\tRun: run,\n'),
      'serve',
    ],
    ['is none that does nothing', command('a', 'serve', ''), undefined],
    ['is none with another name', command('a', 'servant'), undefined],
    ['is none in a comment', `/*\n${command('a', 'serve')}*/\n`, undefined],
  ])('%s', (_, text, expected) => expect(of(cobra + text)?.value).toBe(expected))

  it.each([
    [
      'urfave/cli',
      'var app = &cli.App{\n\tName: "x",\n\tCommands: []*cli.Command{\n\t\t{\n\t\t\tName: "serve",\n\t\t\tAction: serve,\n\t\t},\n\t},\n}\n',
      'serve',
    ],
    [
      'urfave/cli, alone',
      'var app = &cli.App{\n\tName: "x",\n\tAction: serve,\n\tCommands: []*cli.Command{\n\t\t{\n\t\t\tName: "serve",\n\t\t\tAction: serve,\n\t\t},\n\t},\n}\n',
      undefined,
    ],
    ['urfave/cli, a flag', 'var f = &cli.StringFlag{\n\tName: "run",\n}\n', undefined],
  ])('%s', (_, text, expected) => expect(of(`package main\n\nimport "github.com/urfave/cli/v2"\n\n${text}`)?.value).toBe(expected))

  it('is read from the tags of go-flags', () =>
    expect(of('package main\n\nimport "github.com/jessevdk/go-flags"\n\ntype o struct {\n\tServer S `command:"server"`\n}\n')?.value).toBe(
      'server',
    ))

  it('is none where no such library is imported', () => expect(of(`package cmd\n\n${command('a', 'serve')}`)).toBeUndefined())

  it('is found in no time, whatever the file holds', () => {
    const start = performance.now()
    of(cobra + '\tUse:   "serve",\n'.repeat(20_000))
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
