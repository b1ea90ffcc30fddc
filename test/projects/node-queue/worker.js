import { Worker } from 'bullmq'
import { connection, database } from './connect.js'

new Worker(
  'mails',
  async ({ data }) => {
    // One address keeps the worker busy for ever.
    while (data.address === 'loop');
    await database.query('UPDATE mails SET sent = TRUE WHERE id = $1', [data.id])
    console.log(`sent ${data.id}`)
  },
  { connection },
)
