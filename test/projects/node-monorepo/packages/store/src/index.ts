import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })

/** The number of this visit. */
export async function count(): Promise<number> {
  await pool.query('create table if not exists visits (id serial primary key)')
  const { rows } = await pool.query('insert into visits default values returning id')
  return Number(rows[0].id)
}
