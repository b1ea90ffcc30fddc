import { describe, expect, it } from 'vitest'
import { detect as detectNode, express } from '../../test/detected-node.ts'
import type { Tree } from '../model/tree.ts'
import { withTools } from './own-tools.ts'

const app = detectNode(express)
const tools = (dockerfile: string): readonly string[] | undefined => {
  const tree: Tree = { files: new Set(), folders: new Set(), texts: new Map([['Dockerfile', dockerfile]]), unread: new Map() }
  return withTools(app, tree).tools?.map(({ pinned, because }) => `${pinned} ${because.line}`)
}
const build = 'FROM node:24 AS build\nRUN apt-get install -y git graphviz\n'

describe('programs of the system that an own image holds', () => {
  it.each([
    [
      'apt',
      `${build}FROM node:24-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl ffmpeg=7:5.1 tini \\\n  && rm -rf /x`,
      ['ffmpeg=7:* 4'],
    ],
    [
      'apk, by Debian names',
      `${build}FROM node:24-alpine\nRUN apk add --no-cache mailcap postgresql17-client~=17; echo git`,
      ['media-types=1* 4', 'postgresql-client=1* 4'],
    ],
    [
      'the stages that it begins with',
      `${build}FROM node:24 AS base\nRUN apt install imagemagick-6.q16 git\nFROM base\nRUN apk add pandoc`,
      ['git=1:2.* 4', 'imagemagick=8:7.* 4', 'pandoc=3.* 6'],
    ],
    [
      'languages of tesseract',
      `${build}FROM node:24\nRUN apk add tesseract-ocr tesseract-ocr-data-deu`,
      ['tesseract-ocr=5.* 4', 'tesseract-ocr-deu=1:4.* 4'],
    ],
    ['the one image, without what brings sources', 'FROM node:24\nRUN apt-get install -y git rsync ghostscript', ['ghostscript=10.* 2']],
    ['once each', 'FROM node:24\nRUN apk add ffmpeg\nRUN apk add ffmpeg', ['ffmpeg=7:* 2']],
  ])('%s', (_, dockerfile, expected) => expect(tools(dockerfile)).toEqual(expected))

  it.each([
    ['of another stage', `${build}FROM node:24\n`],
    ['that nobody knows', 'FROM node:24\nRUN apt-get install -y curl bash build-essential'],
    ['that are only named', 'FROM node:24\nRUN echo install ffmpeg && apt-get update && ffmpeg -version\nRUN apk del ffmpeg'],
  ])('none %s', (_, dockerfile) => expect(tools(dockerfile)).toBeUndefined())
})
