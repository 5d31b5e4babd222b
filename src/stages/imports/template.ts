export const isExample = (_name: string) => false
export const templateMapping = (_heads: unknown) => undefined
