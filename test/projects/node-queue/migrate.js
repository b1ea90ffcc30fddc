import { database } from './connect.js'

await database.query('CREATE TABLE IF NOT EXISTS mails (id SERIAL PRIMARY KEY, address TEXT NOT NULL, sent BOOLEAN NOT NULL DEFAULT FALSE)')
await database.end()
console.log('tables are there')
