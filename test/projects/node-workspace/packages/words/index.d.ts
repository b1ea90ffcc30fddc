export function week(): string
