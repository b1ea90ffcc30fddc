/**
 * What node does before the program: `shared`: the files that it makes can be changed by any user; `local`: the port of a server that is
 * meant for its own machine alone; `fresh`: names of files that are brought to where the program changes them; `file`: a file .env that is
 * not there is empty.
 */
interface Beforehand {
  readonly fresh?: readonly string[]
  readonly shared: boolean
  readonly local: number | undefined
  readonly file?: boolean | undefined
}

/** Where files of the build lie that the program changes. */
export const madeFolder = '/app/.made'

// What it writes to a volume can be changed under the user id of the next start, whatever that is.
const sharing = 'process.umask(0)'
// With --import node takes its loader of modules for the program as well, and what --require hooks into the older one is never asked.
const running = "require('module').runMain(process.argv[1]=require('path').resolve(process.argv[1]))"

const emptyFile =
  "const{readFileSync}=fs;fs.readFileSync=function(f,...o){try{return readFileSync.call(this,f,...o)}catch(e){if(String(f).includes('/.env'))return'';throw e}}"

/** Words of node for that, before `flags`, which come next. */
export function beforehand({ shared, local, fresh = [], file }: Beforehand, flags: readonly string[]): readonly string[] {
  const copies = fresh.map((name) => `copyFileSync('${madeFolder}/${name}','/tmp/${name}')`).join(';')
  if (!requires(flags))
    return [
      ...(shared ? [`--import=data:text/javascript,${sharing}`] : []),
      ...(copies === '' ? [] : [`--import=data:text/javascript,import{copyFileSync}from'node:fs';${copies}`]),
      ...(file ? [`--import=data:text/javascript,import fs from'node:fs';${emptyFile}`] : []),
      ...(local === undefined ? [] : [reachable(local)]),
    ]
  const code = [
    ...(shared ? [sharing] : []),
    ...(copies === '' ? [] : [`const{copyFileSync}=require('fs');${copies}`]),
    ...(file ? [`const fs=require('fs');${emptyFile}`] : []),
    ...(local === undefined ? [] : [`const{Server}=require('net');${listening(local)}`]),
  ]
  return code.length === 0 ? [] : ['-e', [...code, running].join(';')]
}

/** Whether node loads modules of the older kind before the program, which may change how that is read. */
export function requires(flags: readonly string[]): boolean {
  return flags.some((flag) => /^(?:-r|--require)(?:=|$)/.test(flag))
}

/** A flag of node that has a server listen on every address at its port, whatever address of this machine alone the code names. */
export function reachable(port: number): string {
  return `--import=data:text/javascript,import{Server}from'node:net';${listening(port)}`
}

function listening(port: number): string {
  // A question mark would end the data.
  const local = "h=>['localhost','127.0.0.1','::1'].includes(h)"
  const patched = `function(a,b,...c){if((a&&a.port||a)==${port}){if(own(a.host))a={...a,host:'0.0.0.0'};if(own(b))b='0.0.0.0'}return listen.call(this,a,b,...c)}`
  return `const{listen}=Server.prototype,own=${local};Server.prototype.listen=${patched}`
}
