import { createServer } from 'node:http'
import { Queue } from 'bullmq'
import { connection, database } from './connect.js'

const queue = new Queue('mails', { connection })

const routes = {
  // Puts a mail into the queue.
  '/send': async (address) => {
    const { rows } = await database.query('INSERT INTO mails (address) VALUES ($1) RETURNING id', [address])
    await queue.add('send', { id: rows[0].id, address })
    return 'queued'
  },
  '/': async () => {
    const { rows } = await database.query('SELECT count(*) AS all, count(*) FILTER (WHERE sent) AS sent FROM mails')
    return `mails: ${rows[0].all}, sent: ${rows[0].sent}`
  },
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const route = routes[pathname]
  if (route === undefined) return response.writeHead(404).end()
  try {
    response.end(await route(searchParams.get('to') ?? 'nobody'))
  } catch (error) {
    console.error(error)
    response.writeHead(500).end()
  }
}).listen(3000)
