import { readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { attempt, isMissing, removeFile } from './disk.ts'
import { errorCode } from './errors.ts'
import { dropFolders, dropState, inState, makeStateFolder, type Site } from './state.ts'
import { anotherRun } from './write-problems.ts'

/** Who writes at the moment. */
const name = 'run.pid'

/** Milliseconds. */
const patience = 2000
const pause = 50

/**
 * Does `work` while no other run writes to the site; it must not wait for anything itself.
 * Throws a Problem with the other run's process id when that does not end within two seconds.
 */
export async function exclusively<T>(site: Site, work: () => T, wait = patience): Promise<T> {
  const path = inState(site, name)
  const deadline = process.uptime() + wait / 1000
  try {
    while (!taken(site, path)) {
      if (isStale(path)) breakStale(site, path)
      else if (process.uptime() < deadline) await sleep(pause)
      else throw anotherRun(holder(path).pid, `.secure-docker/local/${name}`)
    }
  } catch (error) {
    attempt(() => dropFolders(site))
    throw error
  }
  try {
    return work()
  } finally {
    attempt(() => dropState(site, name))
  }
}

function taken(site: Site, path: string): boolean {
  makeStateFolder(site)
  let file: number
  try {
    file = site.disk.openSync(path, 'wx')
  } catch (error) {
    // Another run may just have tidied the folder away.
    if (errorCode(error) === 'EEXIST' || isMissing(error)) return false
    throw error
  }
  try {
    try {
      site.disk.writeFileSync(file, `${process.pid} ${hostname()}\n`)
    } finally {
      site.disk.closeSync(file)
    }
  } catch (error) {
    attempt(() => removeFile(site.disk, path))
    throw error
  }
  return true
}

/** Takes a dead run's lock away, and looks again afterwards: another run may have been quicker and put its own there. */
function breakStale(site: Site, path: string): void {
  const aside = `${path}.${process.pid}`
  try {
    site.disk.renameSync(path, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  if (isStale(aside)) removeFile(site.disk, aside)
  else site.disk.renameSync(aside, path)
}

function isStale(path: string): boolean {
  const { pid, host, age } = holder(path)
  if (pid === '') return age > patience
  // Process ids of another machine or container say nothing here. Our own is that of a dead run: this one holds no lock yet.
  return host === hostname() && (pid === String(process.pid) || !isAlive(Number(pid)))
}

function holder(path: string): { readonly pid: string; readonly host: string; readonly age: number } {
  try {
    const [, pid = '', host = ''] = /^(\d{1,10}) (.*)\n$/.exec(readFileSync(path, 'utf8')) ?? []
    return { pid, host, age: Date.now() - statSync(path).mtimeMs }
  } catch (error) {
    if (isMissing(error)) return { pid: '', host: '', age: 0 }
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}
