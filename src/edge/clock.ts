/** The day by the clock of this machine, in UTC: `2027-03-31`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}
