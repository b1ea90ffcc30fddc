import pg from 'pg'

export const database = new pg.Pool({ connectionString: process.env.DATABASE_URL })

const { hostname, port, username, password } = new URL(process.env.REDIS_URL ?? 'redis://localhost:6379')
export const connection = { host: hostname, port: Number(port), username, password }
