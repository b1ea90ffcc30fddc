export const height = (hour) => (2 + 2 * Math.sin((hour / 12.4) * 2 * Math.PI)).toFixed(2)
