import { fastify } from 'fastify'
import { countWords } from './words.ts'

const server = fastify({ logger: true })
server.get('/health', async () => ({ status: 'up' }))
server.get<{ Querystring: { text?: string } }>('/', async (request) => ({ words: countWords(request.query.text ?? 'three little words') }))

await server.listen({ port: Number(process.env.PORT) || 8080, host: '0.0.0.0' })
process.on('SIGTERM', () => void server.close())
